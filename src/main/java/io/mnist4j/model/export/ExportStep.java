package io.mnist4j.model.export;

import static io.mnist4j.model.export.OnnxGraph.attribute;

import io.mnist4j.errors.ModelException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import onnx.Onnx.AttributeProto;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One thing that a network does to what comes in, and what does the same in other formats. Images
 * are {@code [n, channels, height, width]} whatever the network itself has; rows of numbers are
 * {@code [n, size]}.
 */
sealed interface ExportStep {

  /** What it is called in the network; unique in a plan. */
  String name();

  /**
   * Appends the operators.
   *
   * @throws ModelException if ONNX has none
   */
  void addTo(OnnxGraph graph) throws ModelException;

  /**
   * Appends the layers.
   *
   * @throws ModelException if Keras has none
   */
  void addTo(KerasModel model) throws ModelException;

  /**
   * Appends the modules.
   *
   * @throws ModelException if PyTorch has none
   */
  void addTo(TorchModel model) throws ModelException;

  /** What it has learnt: name, such as {@code bias}, → array. */
  default Map<String, INDArray> weights() {
    return Map.of();
  }

  private static Map<String, INDArray> named(List<String> names, INDArray... arrays) {
    Map<String, INDArray> named = new LinkedHashMap<>();
    for (int i = 0; i < arrays.length; i++) {
      named.put(names.get(i), arrays[i]);
    }
    return named;
  }

  /** Makes images of rows: the first step, and the shape of the input in other formats. */
  record ToImage(String name) implements ExportStep {
    @Override
    public void addTo(OnnxGraph graph) {}

    @Override
    public void addTo(KerasModel model) {}

    @Override
    public void addTo(TorchModel model) {}
  }

  /** Makes rows of images: channel by channel, each row by row. */
  record FlattenStep(String name, int height, int width, int channels) implements ExportStep {
    @Override
    public void addTo(OnnxGraph graph) {
      graph.flatten(name, (long) height * width * channels);
    }

    @Override
    public void addTo(KerasModel model) {
      model.layer("Flatten", name, Map.of(), "data_format", "channels_last");
      int pixels = height * width;
      model.setRowOrder(
          IntStream.range(0, pixels * channels)
              .map(i -> i % channels * pixels + i / channels)
              .toArray());
    }

    @Override
    public void addTo(TorchModel model) {
      model.flatten();
    }
  }

  /**
   * x · kernel + bias.
   *
   * @param kernel {@code [inputs, units]}
   * @param bias {@code [units]}
   */
  record DenseStep(String name, INDArray kernel, INDArray bias) implements ExportStep {
    /** OpenCV 4.5.1 to 4.6 take the kernel for transposed whatever the file says. */
    @Override
    public void addTo(OnnxGraph graph) {
      graph.add(
          "Gemm",
          name,
          List.of(
              graph.constant(name + ".weights", kernel.transpose()),
              graph.constant(name + ".bias", bias)),
          List.of(attribute("transB", 1)));
    }

    @Override
    public void addTo(KerasModel model) {
      Map<String, INDArray> weights =
          named(List.of("kernel", "bias"), model.inRowOrder(kernel), bias);
      model.layer(
          "Dense",
          name,
          weights,
          "units",
          kernel.size(1),
          "activation",
          "linear",
          "use_bias",
          true);
      model.setRowOrder(null);
    }

    @Override
    public void addTo(TorchModel model) {
      model.module(
          "Linear",
          named(List.of("weight", "bias"), kernel.transpose(), bias),
          "in_features",
          kernel.size(0),
          "out_features",
          kernel.size(1));
    }

    @Override
    public Map<String, INDArray> weights() {
      return named(List.of("weights", "bias"), kernel, bias);
    }
  }

  /**
   * A sum over a window, for each filter.
   *
   * @param kernel {@code [filters, channels, rows, columns]}
   * @param bias {@code [filters]}
   */
  record Convolution(String name, INDArray kernel, INDArray bias, Sliding window)
      implements ExportStep {
    @Override
    public void addTo(OnnxGraph graph) {
      List<AttributeProto> attributes = window.attributes();
      attributes.add(window.dilations());
      graph.add(
          "Conv",
          name,
          List.of(graph.constant(name + ".weights", kernel), graph.constant(name + ".bias", bias)),
          attributes);
    }

    /** Edges other than those of Keras' "same" become a layer of zeros in front. */
    @Override
    public void addTo(KerasModel model) {
      if (window.hasOwnEdges()) {
        new PaddingStep(name + "_padding", window.edges()).addTo(model);
      }
      Map<String, Object> config =
          model.layer(
              "Conv2D",
              name,
              named(List.of("kernel", "bias"), kernel.permute(2, 3, 1, 0), bias),
              "filters",
              kernel.size(0));
      window.addTo(config, "kernel_size");
      config.put("dilation_rate", window.dilation());
      config.put("groups", 1);
      config.put("activation", "linear");
      config.put("use_bias", true);
    }

    /** Edges that differ become a module of zeros in front. */
    @Override
    public void addTo(TorchModel model) {
      if (!window.edges().isSymmetric()) {
        new PaddingStep(name + "_padding", window.edges()).addTo(model);
      }
      model.module(
          "Conv2d",
          named(List.of("weight", "bias"), kernel, bias),
          "in_channels",
          kernel.size(1),
          "out_channels",
          kernel.size(0),
          "kernel_size",
          window.kernel(),
          "stride",
          window.strides(),
          "padding",
          window.edges().isSymmetric() ? window.edges().atEnd() : Edges.NONE.atEnd(),
          "dilation",
          window.dilation());
    }

    @Override
    public Map<String, INDArray> weights() {
      return named(List.of("weights", "bias"), kernel, bias);
    }
  }

  /**
   * The largest or the mean value of a window, channel by channel.
   *
   * @param countsPadding whether zeros around the image count in a mean
   */
  record PoolingStep(String name, boolean max, boolean countsPadding, Sliding window)
      implements ExportStep {
    @Override
    public void addTo(OnnxGraph graph) throws ModelException {
      if (!max && window.isDilated()) {
        throw none("ONNX");
      }
      List<AttributeProto> attributes = window.attributes();
      if (max) {
        attributes.add(window.dilations());
      } else if (countsPadding) {
        // Without a value, which 0 would have in the file, OpenCV does not take it.
        attributes.add(attribute("count_include_pad", 1));
      }
      graph.add(max ? "MaxPool" : "AveragePool", name, List.of(), attributes);
    }

    @Override
    public void addTo(KerasModel model) throws ModelException {
      boolean zerosCount = !max && countsPadding && window.same();
      if (window.hasOwnEdges() || window.isDilated() || zerosCount) {
        throw none("Keras");
      }
      String kind = max ? "MaxPooling2D" : "AveragePooling2D";
      window.addTo(model.layer(kind, name, Map.of()), "pool_size");
    }

    @Override
    public void addTo(TorchModel model) throws ModelException {
      boolean dilatedMean = !max && window.isDilated();
      if (!window.edges().isSymmetric() || dilatedMean) {
        throw none("PyTorch");
      }
      model.module(
          max ? "MaxPool2d" : "AvgPool2d",
          Map.of(),
          "kernel_size",
          window.kernel(),
          "stride",
          window.strides(),
          "padding",
          window.edges().atEnd(),
          max ? "dilation" : "count_include_pad",
          max ? window.dilation() : countsPadding);
    }

    private ModelException none(String format) {
      return new ModelException(
          "the model cannot be exported so: %s has no pooling with the edges or the dilation of %s"
              .formatted(format, name));
    }
  }

  /** The largest or the mean value of each channel: makes rows of images. */
  record GlobalPooling(String name, boolean max, long channels) implements ExportStep {
    @Override
    public void addTo(OnnxGraph graph) {
      graph.add(max ? "GlobalMaxPool" : "GlobalAveragePool", name + ".pool");
      graph.flatten(name, channels);
    }

    @Override
    public void addTo(KerasModel model) {
      model.layer(
          max ? "GlobalMaxPooling2D" : "GlobalAveragePooling2D",
          name,
          Map.of(),
          "data_format",
          "channels_last",
          "keepdims",
          false);
    }

    @Override
    public void addTo(TorchModel model) {
      model.module(max ? "AdaptiveMaxPool2d" : "AdaptiveAvgPool2d", Map.of(), "output_size", 1);
      model.flatten();
    }
  }

  /** Zeros around images. */
  record PaddingStep(String name, Edges edges) implements ExportStep {
    @Override
    public void addTo(OnnxGraph graph) {
      long[] pads = {
        0, 0, edges.top(), edges.left(), 0, 0, edges.bottom(), edges.right(),
      };
      graph.add("Pad", name, List.of(graph.constant(name + ".pads", pads)), List.of());
    }

    @Override
    public void addTo(KerasModel model) {
      int[][] padding = {{edges.top(), edges.bottom()}, {edges.left(), edges.right()}};
      model.layer("ZeroPadding2D", name, Map.of(), "padding", padding);
    }

    @Override
    public void addTo(TorchModel model) {
      int[] zeros = {edges.left(), edges.right(), edges.top(), edges.bottom()};
      model.module("ZeroPad2d", Map.of(), "padding", zeros);
    }
  }

  /**
   * gamma (x - mean) / √(variance + epsilon) + beta, per channel or per number of a row.
   *
   * @param gamma {@code [channels]}, as all others
   */
  record BatchNorm(
      String name, INDArray gamma, INDArray beta, INDArray mean, INDArray variance, double epsilon)
      implements ExportStep {
    @Override
    public void addTo(OnnxGraph graph) {
      List<String> inputs =
          weights().entrySet().stream()
              .map(array -> graph.constant(name + "." + array.getKey(), array.getValue()))
              .toList();
      graph.add("BatchNormalization", name, inputs, List.of(attribute("epsilon", epsilon)));
    }

    @Override
    public void addTo(KerasModel model) {
      Map<String, INDArray> weights =
          named(
              List.of("gamma", "beta", "moving_mean", "moving_variance"),
              model.inRowOrder(gamma),
              model.inRowOrder(beta),
              model.inRowOrder(mean),
              model.inRowOrder(variance));
      Map<String, Object> config =
          model.layer("BatchNormalization", name, weights, "axis", -1, "momentum", 0.99);
      config.put("epsilon", epsilon);
      config.put("center", true);
      config.put("scale", true);
    }

    @Override
    public void addTo(TorchModel model) {
      model.module(
          model.isImage() ? "BatchNorm2d" : "BatchNorm1d",
          named(
              List.of("weight", "bias", "running_mean", "running_var"),
              gamma,
              beta,
              mean,
              variance),
          "num_features",
          gamma.length(),
          "eps",
          epsilon);
    }

    @Override
    public Map<String, INDArray> weights() {
      return named(List.of("gamma", "beta", "mean", "variance"), gamma, beta, mean, variance);
    }
  }

  /** Does nothing once a network is trained, and is kept for training that goes on. */
  record DropoutStep(String name, double rate) implements ExportStep {
    @Override
    public void addTo(OnnxGraph graph) {}

    @Override
    public void addTo(KerasModel model) {
      model.layer("Dropout", name, Map.of(), "rate", rate);
    }

    @Override
    public void addTo(TorchModel model) {
      model.module("Dropout", Map.of(), "p", rate);
    }
  }

  record ActivationStep(String name, IActivation function) implements ExportStep {
    @Override
    public void addTo(OnnxGraph graph) throws ModelException {
      Activations.add(function, name, graph);
    }

    @Override
    public void addTo(KerasModel model) throws ModelException {
      Activations.add(function, name, model);
    }

    @Override
    public void addTo(TorchModel model) throws ModelException {
      Activations.add(function, model);
    }
  }

  /** Rows and columns of zeros. */
  record Edges(int top, int left, int bottom, int right) {
    private static final Edges NONE = new Edges(0, 0, 0, 0);

    boolean isSymmetric() {
      return top == bottom && left == right;
    }

    /** At the first end of rows and of columns. */
    int[] atEnd() {
      return new int[] {top, left};
    }
  }

  /**
   * A window that is moved over an image.
   *
   * @param kernel along rows and along columns, as the next two
   * @param same whether the edges are those of Keras' padding "same"
   */
  record Sliding(int[] kernel, int[] strides, int[] dilation, Edges edges, boolean same) {
    boolean hasOwnEdges() {
      return !same && !edges.equals(Edges.NONE);
    }

    boolean isDilated() {
      return dilation[0] != 1 || dilation[1] != 1;
    }

    /** As ONNX has them, without the dilation; a list that others can be added to. */
    List<AttributeProto> attributes() {
      int[] pads = {edges.top(), edges.left(), edges.bottom(), edges.right()};
      return new ArrayList<>(
          List.of(
              attribute("kernel_shape", kernel),
              attribute("strides", strides),
              attribute("pads", pads)));
    }

    AttributeProto dilations() {
      return attribute("dilations", dilation);
    }

    /** As Keras has them. */
    void addTo(Map<String, Object> config, String size) {
      config.put(size, kernel);
      config.put("strides", strides);
      config.put("data_format", "channels_last");
      config.put("padding", same ? "same" : "valid");
    }
  }
}
