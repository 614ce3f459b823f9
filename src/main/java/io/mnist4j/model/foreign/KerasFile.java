package io.mnist4j.model.foreign;

import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.exceptions.UnsupportedHdfException;
import io.jhdf.object.message.DataLayoutMessage;
import io.mnist4j.errors.ModelException;
import io.mnist4j.model.archive.Dl4jZip;
import io.mnist4j.text.Json;
import java.lang.reflect.Array;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.lang3.exception.ExceptionUtils;
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
 * @param weights of each layer
 */
record KerasFile(String version, JsonNode model, KerasWeights weights) {
  /** Where the arrays of layers are. */
  interface KerasWeights {
    /** Its arrays, none if the file has none of that layer. */
    List<INDArray> of(KerasLayer layer) throws UnreadableModelException;
  }

  static final String ZIP_WEIGHTS = "model.weights.h5";
  private static final String ZIP_CONFIG = "config.json";
  private static final String ZIP_METADATA = "metadata.json";
  private static final int MAX_WEIGHTS = 1 << 28;
  private static final int MAX_ARRAYS_OF_LAYER = 100;
  private static final int MAX_GROUPS = 10_000;
  private static final int MAX_PATH = 1_000;

  static ForeignNetwork readHdf5(Path file) throws UnreadableModelException {
    byte[] bytes = WholeFile.read(file);
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
      Map<String, Group> groups = new TreeMap<>();
      collectGroups(hdf5, "", groups);
      Room room = new Room(bytes.length);
      return KerasNetwork.of(
          new KerasFile(
              metadata.path("keras_version").asText("3"),
              model,
              layer -> weightsInZip(groups, layer, room)));
    } catch (RuntimeException | LinkageError | StackOverflowError | OutOfMemoryError e) {
      throw damaged(e);
    }
  }

  /** jHDF meets damage, and what it does not read, with whatever its parsing runs into. */
  private static UnreadableModelException damaged(Throwable e) {
    Throwable root = ExceptionUtils.getRootCause(e);
    String why;
    if (root instanceof LinkageError) {
      why =
          "its weights are compressed, or have checksums of HDF5 (fletcher32), which Keras itself"
              + " never does; save the model with Keras";
    } else if (root instanceof StackOverflowError) {
      why = "its HDF5 is damaged: it goes round in a circle";
    } else if (root instanceof OutOfMemoryError) {
      why = "its HDF5 is damaged, or wants more memory than there is: " + root.getMessage();
    } else if (root instanceof UnsupportedHdfException || isUnknownLayout(root)) {
      why =
          "its weights are in other files (external or virtual datasets of HDF5), or in a form that"
              + " Keras itself never writes; save the model with Keras";
    } else {
      why = "its HDF5 is damaged: " + root.getMessage();
    }
    return new UnreadableModelException(why, e);
  }

  /** jHDF has no name for a virtual dataset, and looks for it in a list. */
  private static boolean isUnknownLayout(Throwable e) {
    return e instanceof ArrayIndexOutOfBoundsException
        && e.getStackTrace().length > 0
        && e.getStackTrace()[0].getClassName().startsWith(DataLayoutMessage.class.getName());
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
    return new KerasFile(
        version == null ? "1" : text(version),
        json(text(configuration), "model_config"),
        layer -> weightsInHdf5(root, layer, room));
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

  /** A model that is a layer has the weights of all its layers, each named after its own. */
  private static List<INDArray> weightsInHdf5(Group root, KerasLayer layer, Room room)
      throws UnreadableModelException {
    List<INDArray> arrays = new ArrayList<>();
    if (!(child(root, layer.places().get(0).name()) instanceof Group group)) {
      return arrays;
    }
    for (String name : weightNames(group)) {
      String[] parts = name.split("/", -1);
      boolean own =
          layer.places().size() == 1
              || (parts.length > 1 && parts[parts.length - 2].equals(layer.name()));
      if (own && byPath(group, name) instanceof Dataset dataset) {
        arrays.add(array(dataset, room));
      } else if (own) {
        throw layer.refused("lacks %s in the file".formatted(name));
      }
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

  /** All groups by their paths, in which Keras on Windows has backslashes. */
  private static void collectGroups(Group group, String path, Map<String, Group> groups)
      throws UnreadableModelException {
    for (String name : group.getChildren().keySet()) {
      if (child(group, name) instanceof Group inner) {
        String innerPath = path + "/" + name.replace('\\', '/');
        if (groups.size() == MAX_GROUPS || innerPath.length() > MAX_PATH) {
          throw new UnreadableModelException(
              "its weights are nested too deeply, or in more than %,d groups"
                  .formatted(MAX_GROUPS));
        }
        groups.put(innerPath, inner);
        collectGroups(inner, innerPath, groups);
      }
    }
  }

  /**
   * Keras numbers the arrays of a layer. A layer's path is not its name but its class with a
   * number, which rises in the order of the layers: by two where Keras 2.13 and 2.14 count a layer
   * twice.
   */
  private static List<INDArray> weightsInZip(Map<String, Group> groups, KerasLayer layer, Room room)
      throws UnreadableModelException {
    String path = "";
    for (KerasLayer.Place place : layer.places()) {
      Pattern ofClass =
          Pattern.compile(
              Pattern.quote(path)
                  + "/(layers|_layer_checkpoint_dependencies)/"
                  + snakeCase(place.kind())
                  + "(_(\\d{1,6}))?");
      List<String> paths =
          groups.keySet().stream()
              .filter(group -> ofClass.matcher(group).matches())
              .sorted(
                  Comparator.comparingInt(
                      group -> {
                        Matcher matcher = ofClass.matcher(group);
                        return matcher.matches() && matcher.group(3) != null
                            ? Integer.parseInt(matcher.group(3))
                            : 0;
                      }))
              .toList();
      if (paths.size() != place.count()) {
        throw layer.refused(
            "is one of %d of its class, and the file has weights of %d"
                .formatted(place.count(), paths.size()));
      }
      path = paths.get(place.rank());
    }
    List<INDArray> arrays = new ArrayList<>();
    Group vars = groups.get(path + "/vars");
    if (vars == null) {
      return arrays;
    }
    Attribute name = vars.getAttribute("name");
    if (name != null && !text(name).equals(layer.name())) {
      throw layer.refused("has the weights of '%s' in its place".formatted(text(name)));
    }
    while (child(vars, String.valueOf(arrays.size())) instanceof Dataset dataset) {
      arrays.add(array(dataset, room));
    }
    return arrays;
  }

  /** As Keras does it: {@code MaxPooling2D} is {@code max_pooling2d}. */
  static String snakeCase(String kind) {
    return kind.replaceAll("\\W+", "")
        .replaceAll("(.)([A-Z][a-z]+)", "$1_$2")
        .replaceAll("([a-z])([A-Z])", "$1_$2")
        .toLowerCase(Locale.ROOT);
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
    if (data instanceof float[] values) {
      return Nd4j.create(values, shape, 'c');
    }
    // A count of images is a whole number.
    if (!(data instanceof double[] || data instanceof int[] || data instanceof long[])) {
      throw new UnreadableModelException(
          "its weights %s are of the type %s"
              .formatted(dataset.getPath(), dataset.getDataType().getClass().getSimpleName()));
    }
    float[] values = new float[Array.getLength(data)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Array.getDouble(data, i);
    }
    return Nd4j.create(values, shape, 'c');
  }
}
