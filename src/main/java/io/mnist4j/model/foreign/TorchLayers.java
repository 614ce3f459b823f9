package io.mnist4j.model.foreign;

import io.mnist4j.model.InputRange;
import io.mnist4j.text.Json;
import io.mnist4j.text.Printable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.node.ObjectNode;

/**
 * The layers of a config, with the names of PyTorch's modules and of their arguments, and weights
 * with the names and the orientation of PyTorch: {@code 0.weight} is that of the first module of a
 * {@code torch.nn.Sequential}.
 */
final class TorchLayers {
  private static final String READABLE =
      "Linear, Conv2d, MaxPool2d, AvgPool2d, AdaptiveMaxPool2d and AdaptiveAvgPool2d to 1,"
          + " BatchNorm1d and 2d, ZeroPad2d, Flatten, Dropout, Identity, Softmax, LogSoftmax and"
          + " the activations";

  private static final Set<String> IDENTITIES =
      Set.of("Identity", "Dropout", "Dropout1d", "Dropout2d", "AlphaDropout");

  /** Modules that are an activation without arguments. */
  private static final Map<String, String> ACTIVATIONS =
      Map.ofEntries(
          Map.entry("ReLU", "relu"),
          Map.entry("ReLU6", "relu6"),
          Map.entry("Sigmoid", "sigmoid"),
          Map.entry("Tanh", "tanh"),
          Map.entry("Softplus", "softplus"),
          Map.entry("Softsign", "softsign"),
          Map.entry("SELU", "selu"),
          Map.entry("SiLU", "silu"),
          Map.entry("Mish", "mish"),
          Map.entry("Hardswish", "hard_silu"),
          Map.entry("Hardsigmoid", "hard_sigmoid"));

  private final SafetensorsFile file;
  private final JsonNode config;
  private final LayerChain chain;
  private final List<String> notes = new ArrayList<>();

  TorchLayers(SafetensorsFile file, JsonNode config) throws UnreadableModelException {
    this.file = file;
    this.config = config;
    JsonNode input = config.path("input");
    if (!input.isArray() || input.isEmpty() || !config.path("layers").isArray()) {
      throw new UnreadableModelException(
          "its config has to say \"input\", such as [1, 28, 28] or [784], and \"layers\"");
    }
    long[] shape = new long[input.size()];
    Arrays.setAll(shape, d -> input.get(d).asLong());
    chain = new LayerChain(shape);
  }

  ForeignNetwork network() throws UnreadableModelException {
    int index = 0;
    for (JsonNode layer : config.path("layers")) {
      KerasLayer module = module(layer, index++);
      add(module);
      module.requireAllRead();
    }
    List<String> labels = new ArrayList<>();
    JsonNode names = config.path("id2label");
    for (int id = 0; names.has(String.valueOf(id)); id++) {
      labels.add(names.get(String.valueOf(id)).asText());
    }
    ForeignNetwork network = chain.network();
    return network.saying(
        new ForeignNetwork.Said(
            "safetensors",
            range().or(network.said()::range),
            labels.stream().allMatch(Printable::isName) ? labels : List.of(),
            notes));
  }

  private Optional<InputRange> range() throws UnreadableModelException {
    JsonNode said = config.path("pixels");
    try {
      return said.isTextual() ? Optional.of(InputRange.parse(said.asText())) : Optional.empty();
    } catch (IllegalArgumentException e) {
      throw new UnreadableModelException("its config's \"pixels\": " + e.getMessage(), e);
    }
  }

  /** A module in the words that {@link KerasLayer} reads. */
  private static KerasLayer module(JsonNode layer, int index) throws UnreadableModelException {
    if (!(layer instanceof ObjectNode arguments) || !layer.path("type").isTextual()) {
      throw new UnreadableModelException(
          "its config's layer %d is no module with a \"type\"".formatted(index));
    }
    ObjectNode own = arguments.deepCopy();
    own.remove("type");
    if (!own.has("name")) {
      own.put("name", String.valueOf(index));
    }
    return new KerasLayer(
        Json.parse(Json.line(Map.of("class_name", layer.get("type"), "config", own))), List.of());
  }

  private void add(KerasLayer module) throws UnreadableModelException {
    String name = module.name();
    switch (module.kind()) {
      case "Linear" -> {
        INDArray weights = weights(module, 2);
        module.setting("in_features");
        module.setting("out_features");
        chain.dense(name, weights.transpose());
        bias(module);
      }
      case "Conv2d" -> convolution(module);
      case "MaxPool2d", "AvgPool2d" -> pooling(module);
      case "AdaptiveMaxPool2d", "AdaptiveAvgPool2d" -> {
        int[] size = module.pair("output_size", 1);
        module.require(size[0] == 1 && size[1] == 1, "makes more than one number of a channel");
        chain.globalPooling(name, module.kind().equals("AdaptiveMaxPool2d"), true);
      }
      case "BatchNorm1d", "BatchNorm2d" -> batchNorm(module);
      case "ZeroPad2d" -> {
        // Left, right, top, bottom.
        JsonNode p = module.setting("padding");
        module.require(p.size() == 4, "has the padding " + p);
        chain.add(
            "ZeroPadding2D",
            name,
            List.of(),
            "padding",
            List.of(List.of(p.get(2), p.get(3)), List.of(p.get(0), p.get(1))),
            "data_format",
            "channels_first");
      }
      case "Flatten" -> {
        module.require(
            module.setting("start_dim").asInt(1) == 1 && module.setting("end_dim").asInt(-1) == -1,
            "leaves dimensions");
        chain.reshape(name, List.of(-1L));
      }
      case "Unflatten" -> {
        module.require(module.setting("dim").asInt() == 1, "is over another dimension than 1");
        List<Long> shape = new ArrayList<>();
        module.setting("unflattened_size").forEach(size -> shape.add(size.asLong()));
        chain.reshape(name, shape);
      }
      default -> {
        if (IDENTITIES.contains(module.kind())) {
          module.setting("p");
        } else {
          activation(module);
        }
      }
    }
    module.setting("inplace");
  }

  private INDArray weights(KerasLayer module, int rank) throws UnreadableModelException {
    INDArray weights = file.array(module.name() + ".weight");
    module.require(
        weights.rank() == rank, "has weights of the shape " + Arrays.toString(weights.shape()));
    return weights;
  }

  private void bias(KerasLayer module) throws UnreadableModelException {
    String name = module.name() + ".bias";
    module.setting("bias");
    if (file.has(name)) {
      INDArray bias = file.array(name);
      module.require(chain.addBias(bias), "has a bias of %d numbers".formatted(bias.length()));
    }
  }

  private void convolution(KerasLayer module) throws UnreadableModelException {
    INDArray kernel = weights(module, 4);
    for (String known : List.of("in_channels", "out_channels", "kernel_size")) {
      module.setting(known);
    }
    String mode = module.setting("padding_mode").asText("zeros");
    module.require(mode.equals("zeros"), "has the padding_mode " + mode);
    int[] strides = module.pair("stride", 1, 1, 1);
    chain.convolution(
        module.name(), kernel, module.setting("groups").asInt(1), window(module, strides));
    bias(module);
  }

  private static Map<String, Object> window(KerasLayer module, int[] strides)
      throws UnreadableModelException {
    Map<String, Object> window = new LinkedHashMap<>();
    window.put("strides", strides);
    window.put("dilation_rate", module.pair("dilation", 1, 1, 1));
    JsonNode padding = module.setting("padding");
    if (padding.isTextual() && !padding.asText().isEmpty()) {
      window.put("padding", padding.asText());
    } else {
      int[] zeros = module.pair("padding", 0, 0, 0);
      window.put("padding", new int[] {zeros[0], zeros[1], zeros[0], zeros[1]});
    }
    return window;
  }

  private void pooling(KerasLayer module) throws UnreadableModelException {
    boolean max = module.kind().equals("MaxPool2d");
    int[] size = module.pair("kernel_size", 1);
    Map<String, Object> window = window(module, module.pair("stride", 1, size));
    window.put("pool_size", size);
    if (!max && module.isTrue("count_include_pad", true)) {
      window.put("count_include_pad", true);
    }
    chain.pooling(module.name(), max, window);
  }

  private void batchNorm(KerasLayer module) throws UnreadableModelException {
    module.setting("num_features");
    module.setting("affine");
    module.setting("track_running_stats");
    String name = module.name();
    INDArray mean = file.array(name + ".running_mean");
    boolean affine = file.has(name + ".weight");
    chain.batchNorm(
        name,
        List.of(
            affine ? file.array(name + ".weight") : Nd4j.onesLike(mean),
            affine ? file.array(name + ".bias") : Nd4j.zerosLike(mean),
            mean,
            file.array(name + ".running_var")),
        module.setting("eps").asDouble(1e-5));
  }

  private void activation(KerasLayer module) throws UnreadableModelException {
    String name = module.name();
    String plain = ACTIVATIONS.get(module.kind());
    if (plain != null) {
      chain.activation(name, plain);
      return;
    }
    switch (module.kind()) {
      case "GELU" -> {
        String formula = module.setting("approximate").asText("none");
        module.require(Set.of("", "none").contains(formula), "is approximated by " + formula);
        chain.activation(name, "gelu");
      }
      case "LeakyReLU" ->
          chain.add(
              "LeakyReLU",
              name,
              List.of(),
              "negative_slope",
              module.setting("negative_slope").asDouble(0.01));
      case "ELU" -> chain.add("ELU", name, List.of(), "alpha", module.setting("alpha").asDouble(1));
      case "Hardtanh" -> {
        double max = module.setting("max_val").asDouble(1);
        module.require(module.setting("min_val").asDouble(-1) == 0, "lets through less than 0");
        chain.add("ReLU", name, List.of(), "max_value", max);
      }
      case "Softmax", "LogSoftmax" -> {
        int dim = module.setting("dim").asInt(-1);
        module.require(dim == 1 || dim == -1, "is over dimension " + dim);
        if (module.kind().equals("LogSoftmax")) {
          boolean isLast = module.name().equals(String.valueOf(config.path("layers").size() - 1));
          module.require(isLast, "is not the last layer");
          notes.add(
              "it gives logarithms of probabilities, and is read as giving the probabilities");
        }
        chain.activation(name, "softmax");
      }
      default ->
          throw module.refused("is of a kind that mnist4j does not read; it reads " + READABLE);
    }
  }
}
