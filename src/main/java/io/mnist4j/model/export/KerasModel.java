package io.mnist4j.model.export;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import io.jhdf.exceptions.HdfException;
import io.mnist4j.errors.ModelException;
import io.mnist4j.model.InputRange;
import io.mnist4j.model.Tensors;
import io.mnist4j.text.Json;
import java.io.IOException;
import java.lang.reflect.Array;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * A network as Keras 2 kept one in HDF5, which Keras 3 reads too. Keras has the channels of an
 * image last, so a row that was made of an image is in another order there, and so are the weights
 * behind it.
 */
final class KerasModel {
  /** Whose layout this is. */
  private static final String KERAS_VERSION = "2.15.0";

  /** What HDF5 takes in one attribute, less some room. */
  private static final int MOST_ATTRIBUTE_BYTES = 64_000;

  private final List<H5Layer> layers = new ArrayList<>();
  private final List<Map<String, INDArray>> weights = new ArrayList<>();
  private final String configuration;

  /** Where each number of a row, as Keras has it, is in the plan's; null where that is the same. */
  private int[] rowOrder;

  private record H5Layer(
      @JsonProperty("class_name") String kind, @JsonProperty Map<String, Object> config) {
    String name() {
      return config.get("name").toString();
    }
  }

  /**
   * Works out what the file will hold.
   *
   * @throws ModelException if the network does what Keras has no layer for, or is too deep
   */
  KerasModel(Plan plan) throws ModelException {
    List<Integer> shape =
        plan.takesImages()
            ? Arrays.asList(null, plan.height(), plan.width(), 1)
            : Arrays.asList(null, plan.pixels());
    layer("InputLayer", "pixels", Map.of(), "batch_input_shape", shape).remove("trainable");
    InputRange range = plan.range();
    if (!range.equals(InputRange.UNIT)) {
      double scale = range.ink() - range.paper();
      layer("Rescaling", "rescaling", Map.of(), "scale", scale, "offset", range.paper());
    }
    for (ExportStep step : plan.steps()) {
      step.addTo(this);
    }
    configuration = configuration();
    if (configuration.length() > MOST_ATTRIBUTE_BYTES) {
      throw new ModelException(
          "the model cannot be exported so: its %,d layers are more than one attribute of HDF5 holds; the format onnx has no such limit"
              .formatted(layers.size()));
    }
  }

  /**
   * Appends a layer.
   *
   * @param settings names and values in turn
   * @return its configuration
   */
  Map<String, Object> layer(
      String kind, String name, Map<String, INDArray> arrays, Object... settings) {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("name", name);
    config.put("dtype", "float32");
    config.put("trainable", true);
    for (int i = 0; i < settings.length; i += 2) {
      config.put(settings[i].toString(), settings[i + 1]);
    }
    layers.add(new H5Layer(kind, config));
    weights.add(arrays);
    return config;
  }

  /** Puts an activation into the layer that it belongs to, as a person would write it. */
  void activation(String name, String function) {
    Map<String, Object> before = layers.get(layers.size() - 1).config();
    if ("linear".equals(before.get("activation"))) {
      before.put("activation", function);
    } else {
      layer("Activation", name, Map.of(), "activation", function);
    }
  }

  /**
   * @param order where each number of a row, as Keras has it, is in the plan's; null for the same
   */
  void setRowOrder(int[] order) {
    rowOrder = order;
  }

  /** What belongs to the numbers of a row, one by one along the first dimension. */
  INDArray inRowOrder(INDArray values) {
    return rowOrder == null ? values : Tensors.reordered(values, rowOrder);
  }

  private String configuration() {
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("name", "mnist4j");
    model.put("layers", layers);
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("class_name", "Sequential");
    root.put("config", model);
    return Json.line(root);
  }

  /**
   * Writes the file.
   *
   * @param metadata name → text, kept as attributes where they are short enough
   * @throws IOException if it cannot be written
   */
  void write(Path file, Map<String, String> metadata) throws IOException {
    try (WritableHdfFile hdf5 = HdfFile.write(file)) {
      hdf5.putAttribute("keras_version", KERAS_VERSION);
      hdf5.putAttribute("backend", "tensorflow");
      hdf5.putAttribute("model_config", configuration);
      for (Map.Entry<String, String> entry : metadata.entrySet()) {
        if (entry.getValue().length() < MOST_ATTRIBUTE_BYTES) {
          hdf5.putAttribute("mnist4j_" + entry.getKey(), entry.getValue());
        }
      }
      WritableGroup root = hdf5.putGroup("model_weights");
      root.putAttribute("keras_version", KERAS_VERSION);
      root.putAttribute("backend", "tensorflow");
      root.putAttribute("layer_names", layers.stream().map(H5Layer::name).toArray(String[]::new));
      for (int i = 0; i < layers.size(); i++) {
        write(root, layers.get(i).name(), weights.get(i));
      }
    } catch (HdfException e) {
      throw e.getCause() instanceof IOException cause ? cause : new IOException(e);
    }
  }

  private static void write(WritableGroup root, String layer, Map<String, INDArray> arrays) {
    WritableGroup group = root.putGroup(layer);
    if (arrays.isEmpty()) {
      // Keras writes an empty list then, which jHDF cannot, and reads nothing as one.
      return;
    }
    group.putAttribute(
        "weight_names",
        arrays.keySet().stream().map(name -> layer + "/" + name + ":0").toArray(String[]::new));
    WritableGroup inner = group.putGroup(layer);
    arrays.forEach(
        (name, values) -> {
          int[] shape = Arrays.stream(values.shape()).mapToInt(Math::toIntExact).toArray();
          inner.putDataset(name + ":0", nested(values.dup('c').data().asFloat(), shape));
        });
  }

  /** A {@code float[]}, {@code float[][]}, … of the shape. */
  private static Object nested(float[] values, int[] shape) {
    if (shape.length == 1) {
      return values;
    }
    Object array = Array.newInstance(float.class, shape);
    int[] inner = Arrays.copyOfRange(shape, 1, shape.length);
    int size = values.length / shape[0];
    for (int i = 0; i < shape[0]; i++) {
      Array.set(array, i, nested(Arrays.copyOfRange(values, i * size, (i + 1) * size), inner));
    }
    return array;
  }
}
