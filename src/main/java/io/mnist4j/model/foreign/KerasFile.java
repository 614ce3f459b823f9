package io.mnist4j.model.foreign;

import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.mnist4j.errors.ModelException;
import io.mnist4j.files.FileProblem;
import io.mnist4j.model.archive.Dl4jZip;
import io.mnist4j.text.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.jackson.core.JsonProcessingException;
import org.nd4j.shade.jackson.databind.JsonNode;

/**
 * What a file of Keras holds: HDF5, as Keras 2 wrote it and Keras 3 still does, or the zip of Keras
 * 3. Both list the weights of a layer in the order that Keras made them.
 *
 * @param version of Keras, such as {@code 2.15.0}
 * @param model its class and configuration
 * @param weights name of a layer → its arrays
 */
record KerasFile(String version, JsonNode model, Map<String, List<INDArray>> weights) {
  static final String ZIP_WEIGHTS = "model.weights.h5";
  private static final String ZIP_CONFIG = "config.json";
  private static final String ZIP_METADATA = "metadata.json";
  private static final int MAX_WEIGHTS = 1 << 28;
  private static final int MAX_FILE = 1 << 29;
  private static final int MAX_ARRAYS_OF_LAYER = 100;

  static ForeignNetwork readHdf5(Path file) throws UnreadableModelException {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(MAX_FILE + 1);
    } catch (IOException e) {
      throw new UnreadableModelException(FileProblem.reason(e), e);
    }
    if (bytes.length > MAX_FILE) {
      throw new UnreadableModelException("it is longer than %,d bytes".formatted(MAX_FILE));
    }
    // Not from the file: jHDF would take whatever memory a length in it asks for.
    try (HdfFile hdf5 = HdfFile.fromBytes(bytes)) {
      return KerasNetwork.of(ofHdf5(hdf5, bytes.length));
    } catch (RuntimeException | LinkageError | StackOverflowError | OutOfMemoryError e) {
      throw damaged(e);
    }
  }

  static ForeignNetwork readZip(Dl4jZip zip) throws ModelException, UnreadableModelException {
    JsonNode model = json(zip.text(ZIP_CONFIG), ZIP_CONFIG);
    JsonNode metadata = json(zip.text(ZIP_METADATA), ZIP_METADATA);
    byte[] bytes = zip.bytes(ZIP_WEIGHTS, MAX_WEIGHTS);
    try (HdfFile hdf5 = HdfFile.fromBytes(bytes)) {
      Map<String, List<INDArray>> weights = weightsOfZip(hdf5, new Room(bytes.length));
      return KerasNetwork.of(
          new KerasFile(metadata.path("keras_version").asText("3"), model, weights));
    } catch (RuntimeException | LinkageError | StackOverflowError | OutOfMemoryError e) {
      throw damaged(e);
    }
  }

  /** jHDF meets damage with whatever its parsing runs into. */
  private static UnreadableModelException damaged(Throwable e) {
    if (e instanceof LinkageError) {
      return new UnreadableModelException(
          "its weights are compressed, which Keras itself never does; save the model with Keras",
          e);
    }
    if (e instanceof StackOverflowError) {
      return new UnreadableModelException("its HDF5 is damaged: it goes round in a circle", e);
    }
    if (e instanceof OutOfMemoryError) {
      return new UnreadableModelException(
          "its HDF5 is damaged, or wants more memory than there is: " + e.getMessage(), e);
    }
    return new UnreadableModelException("its HDF5 is damaged: " + e.getMessage(), e);
  }

  private static KerasFile ofHdf5(HdfFile hdf5, long fileBytes) throws UnreadableModelException {
    Attribute configuration = hdf5.getAttribute("model_config");
    if (configuration == null) {
      throw new UnreadableModelException(
          "it is HDF5 without Keras' model_config: weights alone say nothing of the layers;"
              + " save the whole model with model.save('model.h5')");
    }
    Attribute version = hdf5.getAttribute("keras_version");
    if (!(child(hdf5, "model_weights") instanceof Group root)) {
      throw new UnreadableModelException("it has no weights (no group model_weights)");
    }
    Room room = new Room(fileBytes);
    Map<String, List<INDArray>> weights = new HashMap<>();
    for (Node node : root.getChildren().values()) {
      if (node instanceof Group layer) {
        weights.put(layer.getName(), weightsOfLayer(layer, room));
      }
    }
    return new KerasFile(
        version == null ? "1" : text(version), json(text(configuration), "model_config"), weights);
  }

  private static JsonNode json(String text, String where) throws UnreadableModelException {
    try {
      return Json.read(text);
    } catch (JsonProcessingException e) {
      throw new UnreadableModelException(
          "its %s is not JSON: %s".formatted(where, e.getOriginalMessage()), e);
    }
  }

  private static String text(Attribute attribute) throws UnreadableModelException {
    if (attribute.getData() instanceof String text && !text.isEmpty()) {
      return text;
    }
    throw new UnreadableModelException("its " + attribute.getName() + " is no text");
  }

  private static List<INDArray> weightsOfLayer(Group layer, Room room)
      throws UnreadableModelException {
    List<INDArray> arrays = new ArrayList<>();
    for (String name : weightNames(layer)) {
      if (!(byPath(layer, name) instanceof Dataset dataset)) {
        throw new UnreadableModelException(
            "its weights of layer '%s' lack %s".formatted(layer.getName(), name));
      }
      arrays.add(array(dataset, room));
    }
    return arrays;
  }

  private static Node byPath(Group group, String path) throws UnreadableModelException {
    Node node = group;
    for (String name : path.split("/", -1)) {
      node = node instanceof Group parent ? child(parent, name) : null;
    }
    return node;
  }

  /** Keras makes no links; jHDF would follow them into other files, and round in circles. */
  private static Node child(Group group, String name) throws UnreadableModelException {
    Node child = group.getChild(name);
    if (child != null && child.isLink()) {
      throw new UnreadableModelException(
          "its %s is a link to another place, which mnist4j does not follow"
              .formatted(child.getPath()));
    }
    return child;
  }

  /** In pieces weight_names0, weight_names1, … where they are too long for one attribute. */
  private static List<String> weightNames(Group layer) throws UnreadableModelException {
    List<String> names = new ArrayList<>();
    Attribute whole = layer.getAttribute("weight_names");
    if (whole != null) {
      addNames(names, whole);
      return names;
    }
    for (int piece = 0; layer.getAttribute("weight_names" + piece) != null; piece++) {
      addNames(names, layer.getAttribute("weight_names" + piece));
    }
    return names;
  }

  private static void addNames(List<String> names, Attribute attribute)
      throws UnreadableModelException {
    if (attribute.getSize() > MAX_ARRAYS_OF_LAYER) {
      throw new UnreadableModelException(
          "its layer '%s' has %,d arrays of weights"
              .formatted(attribute.getNode().getName(), attribute.getSize()));
    }
    // Without any, Keras writes an empty array of numbers.
    if (!attribute.isEmpty()
        && attribute.getSize() > 0
        && attribute.getData() instanceof String[] some) {
      names.addAll(Arrays.asList(some));
    }
  }

  /** Keras 3 numbers the arrays of a layer, and notes the layer's name beside them. */
  private static Map<String, List<INDArray>> weightsOfZip(HdfFile hdf5, Room room)
      throws UnreadableModelException {
    Map<String, List<INDArray>> weights = new HashMap<>();
    if (!(child(hdf5, "layers") instanceof Group root)) {
      return weights;
    }
    for (Node node : root.getChildren().values()) {
      if (!(node instanceof Group layer) || !(child(layer, "vars") instanceof Group vars)) {
        continue;
      }
      List<INDArray> arrays = new ArrayList<>();
      while (child(vars, String.valueOf(arrays.size())) instanceof Dataset dataset) {
        arrays.add(array(dataset, room));
      }
      Attribute name = vars.getAttribute("name");
      weights.put(name == null ? layer.getName() : text(name), arrays);
    }
    return weights;
  }

  /** How many bytes of weights a file can still have; nothing in it is there twice. */
  private static final class Room {
    private long bytes;

    Room(long bytes) {
      this.bytes = Math.min(bytes, MAX_WEIGHTS);
    }

    void take(Dataset dataset) throws UnreadableModelException {
      double size = dataset.getDataType().getSize();
      for (int side : dataset.getDimensions()) {
        size *= side < 0 ? Double.POSITIVE_INFINITY : side;
      }
      if (!(size <= bytes)) {
        throw new UnreadableModelException(
            "its weights %s are said to be %s, for which the file is too small"
                .formatted(dataset.getPath(), Arrays.toString(dataset.getDimensions())));
      }
      bytes -= (long) size;
    }
  }

  private static INDArray array(Dataset dataset, Room room) throws UnreadableModelException {
    room.take(dataset);
    long[] shape = Arrays.stream(dataset.getDimensions()).asLongStream().toArray();
    Object data = dataset.getDataFlat();
    float[] values;
    if (data instanceof float[] floats) {
      values = floats;
    } else if (data instanceof double[] doubles) {
      values = new float[doubles.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) doubles[i];
      }
    } else {
      throw new UnreadableModelException(
          "its weights %s are of the type %s"
              .formatted(dataset.getPath(), dataset.getDataType().getClass().getSimpleName()));
    }
    return Nd4j.create(values, shape, 'c');
  }
}
