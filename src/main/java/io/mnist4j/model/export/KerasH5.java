package io.mnist4j.model.export;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import io.jhdf.exceptions.HdfException;
import io.mnist4j.errors.ModelException;
import io.mnist4j.model.InputRange;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU6;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.databind.node.ArrayNode;
import org.nd4j.shade.jackson.databind.node.JsonNodeFactory;
import org.nd4j.shade.jackson.databind.node.ObjectNode;

/**
 * A network as Keras 2 kept one in HDF5, which Keras 3 reads too. Keras has the channels of an
 * image last, so a row that was made of an image is in another order there, and so are the weights
 * behind it.
 */
final class KerasH5 {
  /** Whose layout this is. */
  private static final String KERAS_VERSION = "2.15.0";

  /** What HDF5 takes in one attribute, less some room. */
  private static final int MOST_ATTRIBUTE_BYTES = 64_000;

  private final Plan plan;
  private final List<H5Layer> layers = new ArrayList<>();

  /** Where each number of a row, as Keras has it, is in the plan's; null where that is the same. */
  private int[] planOrder;

  private record H5Layer(String name, ObjectNode config, Map<String, INDArray> weights) {}

  private KerasH5(Plan plan) {
    this.plan = plan;
  }

  /**
   * Works out what the file will hold.
   *
   * @throws ModelException if the network does what Keras has no layer for, or is too deep
   */
  static KerasH5 of(Plan plan) throws ModelException {
    KerasH5 keras = new KerasH5(plan);
    keras.input(plan.takesImages());
    for (ExportStep step : plan.steps()) {
      keras.add(step);
    }
    if (keras.configuration().length() > MOST_ATTRIBUTE_BYTES) {
      throw new ModelException(
          "the model cannot be exported so: its %,d layers are more than one attribute of HDF5 holds; --format onnx has no such limit"
              .formatted(keras.layers.size()));
    }
    return keras;
  }

  private void input(boolean image) {
    ObjectNode config = layer("InputLayer", "pixels", Map.of());
    ArrayNode shape = config.putArray("batch_input_shape").addNull();
    if (image) {
      shape.add(plan.height()).add(plan.width()).add(1);
    } else {
      shape.add(plan.pixels());
    }
    InputRange range = plan.range();
    if (!range.equals(InputRange.UNIT)) {
      ObjectNode rescaling = layer("Rescaling", "rescaling", Map.of());
      rescaling.put("scale", range.ink() - range.paper());
      rescaling.put("offset", range.paper());
    }
  }

  private ObjectNode layer(String kind, String name, Map<String, INDArray> weights) {
    ObjectNode layer = JsonNodeFactory.instance.objectNode();
    layer.put("class_name", kind);
    ObjectNode config = layer.putObject("config");
    config.put("name", name);
    config.put("dtype", "float32");
    if (!kind.equals("InputLayer")) {
      config.put("trainable", true);
    }
    layers.add(new H5Layer(name, layer, weights));
    return config;
  }

  private void add(ExportStep step) throws ModelException {
    String name = step.name();
    if (step instanceof ExportStep.DenseStep dense) {
      dense(dense);
    } else if (step instanceof ExportStep.Convolution convolution) {
      convolution(convolution);
    } else if (step instanceof ExportStep.Pooling pooling) {
      pooling(pooling);
    } else if (step instanceof ExportStep.GlobalPooling pooling) {
      layer(pooling.max() ? "GlobalMaxPooling2D" : "GlobalAveragePooling2D", name, Map.of())
          .put("data_format", "channels_last")
          .put("keepdims", false);
    } else if (step instanceof ExportStep.FlattenStep flatten) {
      layer("Flatten", name, Map.of()).put("data_format", "channels_last");
      planOrder = planOrder(flatten);
    } else if (step instanceof ExportStep.PaddingStep padding) {
      zeros(name, padding.edges());
    } else if (step instanceof ExportStep.BatchNorm norm) {
      batchNorm(norm);
    } else if (step instanceof ExportStep.DropoutStep dropout) {
      layer("Dropout", name, Map.of()).put("rate", dropout.rate());
    } else if (step instanceof ExportStep.ActivationStep activation) {
      activation(name, activation.function());
    }
    // The input has the shape of an image already.
  }

  private static int[] planOrder(ExportStep.FlattenStep flatten) {
    int pixels = flatten.height() * flatten.width();
    int[] order = new int[pixels * flatten.channels()];
    int place = 0;
    for (int pixel = 0; pixel < pixels; pixel++) {
      for (int c = 0; c < flatten.channels(); c++) {
        order[place++] = c * pixels + pixel;
      }
    }
    return order;
  }

  private void dense(ExportStep.DenseStep dense) {
    INDArray kernel = dense.weights();
    if (planOrder != null) {
      kernel = kernel.getRows(planOrder);
      planOrder = null;
    }
    layer("Dense", dense.name(), weights("kernel", kernel, "bias", dense.bias()))
        .put("units", dense.weights().size(1))
        .put("activation", "linear")
        .put("use_bias", true);
  }

  private void convolution(ExportStep.Convolution convolution) {
    INDArray kernel = convolution.weights().permute(2, 3, 1, 0);
    String padding = keepingEdges(convolution.name(), convolution.window());
    ObjectNode config =
        layer("Conv2D", convolution.name(), weights("kernel", kernel, "bias", convolution.bias()));
    config.put("filters", convolution.weights().size(0));
    window(config, "kernel_size", convolution.window());
    config.set("dilation_rate", pair(convolution.window().dilation()));
    config
        .put("padding", padding)
        .put("groups", 1)
        .put("activation", "linear")
        .put("use_bias", true);
  }

  private void pooling(ExportStep.Pooling pooling) throws ModelException {
    boolean edges =
        !pooling.window().same() && !pooling.window().edges().equals(ExportStep.Edges.NONE);
    boolean dilated = !pooling.window().dilation().equals(new ExportStep.SpatialSize(1, 1));
    if (edges
        || dilated
        || (!pooling.max() && pooling.countsPadding() && pooling.window().same())) {
      throw new ModelException(
          "the model cannot be exported so: Keras has no pooling with the edges or the dilation of %s; --format onnx has"
              .formatted(pooling.name()));
    }
    ObjectNode config =
        layer(pooling.max() ? "MaxPooling2D" : "AveragePooling2D", pooling.name(), Map.of());
    window(config, "pool_size", pooling.window());
    config.put("padding", pooling.window().same() ? "same" : "valid");
  }

  private static void window(ObjectNode config, String size, ExportStep.Sliding window) {
    config.set(size, pair(window.kernel()));
    config.set("strides", pair(window.strides()));
    config.put("data_format", "channels_last");
  }

  private static ArrayNode pair(ExportStep.SpatialSize extent) {
    return JsonNodeFactory.instance.arrayNode().add(extent.rows()).add(extent.columns());
  }

  /** Keras' word for the edges; others than its own become a layer of zeros in front. */
  private String keepingEdges(String name, ExportStep.Sliding window) {
    if (!window.same() && !window.edges().equals(ExportStep.Edges.NONE)) {
      zeros(name + "_padding", window.edges());
    }
    return window.same() ? "same" : "valid";
  }

  private void zeros(String name, ExportStep.Edges edges) {
    ArrayNode padding = layer("ZeroPadding2D", name, Map.of()).putArray("padding");
    padding.addArray().add(edges.top()).add(edges.bottom());
    padding.addArray().add(edges.left()).add(edges.right());
  }

  private void batchNorm(ExportStep.BatchNorm norm) {
    Map<String, INDArray> weights = new LinkedHashMap<>();
    weights.put("gamma", ordered(norm.gamma()));
    weights.put("beta", ordered(norm.beta()));
    weights.put("moving_mean", ordered(norm.mean()));
    weights.put("moving_variance", ordered(norm.variance()));
    layer("BatchNormalization", norm.name(), weights)
        .put("axis", -1)
        .put("momentum", 0.99)
        .put("epsilon", norm.epsilon())
        .put("center", true)
        .put("scale", true);
  }

  private INDArray ordered(INDArray values) {
    return planOrder == null
        ? values
        : values.reshape(1, values.length()).getColumns(planOrder).reshape(values.length());
  }

  private void activation(String name, IActivation function) throws ModelException {
    Optional<String> keras = Activations.kerasName(function);
    if (keras.isPresent()) {
      // As a person would write it: in the layer that it belongs to.
      ObjectNode before = (ObjectNode) layers.get(layers.size() - 1).config().path("config");
      if (before.path("activation").asText("").equals("linear")) {
        before.put("activation", keras.get());
      } else {
        layer("Activation", name, Map.of()).put("activation", keras.get());
      }
    } else if (function instanceof ActivationReLU relu && Activations.isPlain(relu)) {
      layer("ReLU", name, Map.of()).put("max_value", relu.getMax());
    } else if (function instanceof ActivationReLU6) {
      layer("ReLU", name, Map.of()).put("max_value", 6.0);
    } else if (function instanceof ActivationLReLU leaky) {
      layer("LeakyReLU", name, Map.of()).put("alpha", leaky.getAlpha());
    } else if (function instanceof ActivationELU elu) {
      layer("ELU", name, Map.of()).put("alpha", elu.getAlpha());
    } else {
      throw Activations.unknown(function, "Keras");
    }
  }

  private static Map<String, INDArray> weights(
      String first, INDArray firstValues, String second, INDArray secondValues) {
    Map<String, INDArray> weights = new LinkedHashMap<>();
    weights.put(first, firstValues);
    weights.put(second, secondValues);
    return weights;
  }

  private String configuration() {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("class_name", "Sequential");
    ObjectNode model = root.putObject("config");
    model.put("name", "mnist4j");
    ArrayNode all = model.putArray("layers");
    layers.forEach(layer -> all.add(layer.config()));
    return root.toString();
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
      hdf5.putAttribute("model_config", configuration());
      for (Map.Entry<String, String> entry : metadata.entrySet()) {
        if (entry.getValue().length() < MOST_ATTRIBUTE_BYTES) {
          hdf5.putAttribute("mnist4j_" + entry.getKey(), entry.getValue());
        }
      }
      WritableGroup root = hdf5.putGroup("model_weights");
      root.putAttribute("keras_version", KERAS_VERSION);
      root.putAttribute("backend", "tensorflow");
      root.putAttribute("layer_names", layers.stream().map(H5Layer::name).toArray(String[]::new));
      for (H5Layer layer : layers) {
        write(root.putGroup(layer.name()), layer);
      }
    } catch (HdfException e) {
      throw e.getCause() instanceof IOException cause ? cause : new IOException(e);
    }
  }

  private static void write(WritableGroup group, H5Layer layer) {
    if (layer.weights().isEmpty()) {
      // Keras writes an empty list then, which jHDF cannot, and reads nothing as one.
      return;
    }
    group.putAttribute(
        "weight_names",
        layer.weights().keySet().stream()
            .map(weight -> layer.name() + "/" + weight + ":0")
            .toArray(String[]::new));
    WritableGroup inner = group.putGroup(layer.name());
    layer
        .weights()
        .forEach((weight, values) -> inner.putDataset(weight + ":0", TensorBytes.nested(values)));
  }
}
