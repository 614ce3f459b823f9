package io.mnist4j.model.foreign;

import io.mnist4j.text.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Layers one after another, put down in Keras' words, which {@link KerasNetwork} makes a network
 * of. Images have their channels first, as ONNX and PyTorch have them.
 */
final class LayerChain implements KerasFile.KerasWeights {
  /** Whose meaning of the words it is. */
  private static final String KERAS_VERSION = "3";

  private record ChainLayer(Map<String, Object> config, String kind) {
    Map<String, Object> document() {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("class_name", kind);
      document.put("config", config);
      return document;
    }
  }

  /** More than any network of digits has, and few enough to be put together in no time. */
  private static final int MOST_LAYERS = 1_000;

  private static final long MOST_WEIGHTS = 1 << 27;

  private final List<ChainLayer> layers = new ArrayList<>();
  private final Map<String, List<INDArray>> weights = new HashMap<>();
  private long numbers;

  /**
   * @param shape of one image, a size that may vary being 0
   */
  LayerChain(long[] shape) throws UnreadableModelException {
    List<Long> batch = new ArrayList<>(Arrays.asList((Long) null));
    Arrays.stream(shape).forEach(batch::add);
    add("InputLayer", "input", List.of(), "batch_shape", batch);
  }

  /**
   * Appends a layer.
   *
   * @param name of the layer, for messages
   * @param arrays in Keras' order and shapes
   * @param settings names and values in turn
   * @throws UnreadableModelException if there are too many; a file may use the same array often
   */
  void add(String kind, String name, List<INDArray> arrays, Object... settings)
      throws UnreadableModelException {
    numbers += arrays.stream().mapToLong(INDArray::length).sum();
    if (layers.size() >= MOST_LAYERS || numbers > MOST_WEIGHTS) {
      throw new UnreadableModelException(
          "it has more than %,d layers or %,d weights".formatted(MOST_LAYERS, MOST_WEIGHTS));
    }
    Map<String, Object> config = new LinkedHashMap<>();
    String unique = weights.containsKey(name) ? name + "#" + layers.size() : name;
    config.put("name", unique);
    for (int i = 0; i < settings.length; i += 2) {
      config.put(settings[i].toString(), settings[i + 1]);
    }
    layers.add(new ChainLayer(config, kind));
    weights.put(unique, arrays);
  }

  /** Appends x · kernel, the kernel being {@code [inputs, units]}; a bias may follow. */
  void dense(String name, INDArray kernel) throws UnreadableModelException {
    add("Dense", name, List.of(kernel), "units", kernel.size(1), "use_bias", false);
  }

  /**
   * Appends a convolution; a bias may follow.
   *
   * @param kernel {@code [filters, channels / groups, rows, columns]}
   * @param window its strides, dilation_rate and padding
   */
  void convolution(String name, INDArray kernel, long groups, Map<String, Object> window)
      throws UnreadableModelException {
    add(
        "Conv2D",
        name,
        List.of(kernel.permute(2, 3, 1, 0)),
        "filters",
        kernel.size(0),
        "kernel_size",
        List.of(kernel.size(2), kernel.size(3)),
        "groups",
        groups,
        "use_bias",
        false);
    lastConfig().putAll(window);
    lastConfig().put("data_format", "channels_first");
  }

  /**
   * Appends pooling.
   *
   * @param window its pool_size, strides, dilation_rate and padding
   */
  void pooling(String name, boolean max, Map<String, Object> window)
      throws UnreadableModelException {
    add(
        max ? "MaxPooling2D" : "AveragePooling2D",
        name,
        List.of(),
        "data_format",
        "channels_first");
    lastConfig().putAll(window);
  }

  void globalPooling(String name, boolean max, boolean keepsSides) throws UnreadableModelException {
    add(
        max ? "GlobalMaxPooling2D" : "GlobalAveragePooling2D",
        name,
        List.of(),
        "data_format",
        "channels_first",
        "keepdims",
        keepsSides);
  }

  /** Appends batch normalisation: gamma, beta, mean and variance of each channel. */
  void batchNorm(String name, List<INDArray> arrays, double epsilon)
      throws UnreadableModelException {
    add("BatchNormalization", name, arrays, "axis", 1, "epsilon", epsilon);
  }

  void activation(String name, String function) throws UnreadableModelException {
    add("Activation", name, List.of(), "activation", function);
  }

  /** Gives each image another shape, its numbers staying in their order; one size may be -1. */
  void reshape(String name, List<Long> shape) throws UnreadableModelException {
    add("Reshape", name, List.of(), "target_shape", shape);
  }

  /** Gives the last layer a bias. False where that takes none, or has one. */
  boolean addBias(INDArray bias) {
    Map<String, Object> config = lastConfig();
    Object units = config.getOrDefault("units", config.get("filters"));
    if (!Boolean.FALSE.equals(config.get("use_bias"))
        || !Long.valueOf(bias.length()).equals(units)) {
      return false;
    }
    config.put("use_bias", true);
    weights.computeIfPresent(
        lastConfig().get("name").toString(),
        (name, arrays) -> List.of(arrays.get(0), bias.reshape(bias.length())));
    return true;
  }

  private Map<String, Object> lastConfig() {
    return layers.get(layers.size() - 1).config();
  }

  /** The class of the last layer. */
  String lastKind() {
    return layers.get(layers.size() - 1).kind();
  }

  @Override
  public List<INDArray> of(KerasLayer layer) {
    return weights.get(layer.name());
  }

  /**
   * The network of all that was put down.
   *
   * @throws UnreadableModelException if it cannot be had exactly; the message names the layer
   */
  ForeignNetwork network() throws UnreadableModelException {
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("class_name", "Sequential");
    model.put("config", Map.of("layers", layers.stream().map(ChainLayer::document).toList()));
    return KerasNetwork.of(new KerasFile(KERAS_VERSION, Json.parse(Json.line(model)), this));
  }
}
