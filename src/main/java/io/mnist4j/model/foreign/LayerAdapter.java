package io.mnist4j.model.foreign;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.node.DoubleNode;
import org.nd4j.shade.jackson.databind.node.JsonNodeFactory;
import org.nd4j.shade.jackson.databind.node.ObjectNode;

/**
 * One layer of a Keras model on its way to DL4J's importer.
 *
 * @param layer with class_name and config, as any version of Keras writes them
 */
record LayerAdapter(JsonNode layer) {
  /** What a user may hope for. */
  private static final String READABLE =
      "Dense, Conv2D, DepthwiseConv2D, SeparableConv2D, MaxPooling2D, AveragePooling2D,"
          + " GlobalMaxPooling2D, GlobalAveragePooling2D, ZeroPadding2D, Cropping2D, UpSampling2D,"
          + " Flatten, Dropout, BatchNormalization and the activations";

  /** What does nothing once a network is trained; Dropout, which is the same, is kept. */
  private static final Set<String> IDENTITIES =
      Set.of(
          "InputLayer",
          "Identity",
          "ActivityRegularization",
          "AlphaDropout",
          "GaussianDropout",
          "GaussianNoise",
          "SpatialDropout2D",
          "RandomBrightness",
          "RandomContrast",
          "RandomFlip",
          "RandomRotation",
          "RandomTranslation",
          "RandomZoom");

  /** Names of Keras → names of the importer. */
  private static final Map<String, String> ACTIVATIONS =
      Map.ofEntries(
          Map.entry("linear", "linear"),
          Map.entry("relu", "relu"),
          Map.entry("relu6", "relu6"),
          Map.entry("elu", "elu"),
          Map.entry("selu", "selu"),
          Map.entry("tanh", "tanh"),
          Map.entry("sigmoid", "sigmoid"),
          Map.entry("softmax", "softmax"),
          Map.entry("softplus", "softplus"),
          Map.entry("softsign", "softsign"),
          Map.entry("swish", "swish"),
          Map.entry("silu", "swish"));

  /** Keras' slope of the activation {@code leaky_relu}; its layer LeakyReLU has another. */
  private static final double LEAKY_SLOPE = 0.2;

  private static final double LEAKY_LAYER_SLOPE = 0.3;

  /** The importer insists on them; the weights come from the file. */
  private static final List<String> INITIALIZERS =
      List.of(
          "kernel_initializer",
          "depthwise_initializer",
          "pointwise_initializer",
          "bias_initializer",
          "alpha_initializer");

  private static final Set<String> REAL =
      Set.of("alpha", "epsilon", "max_value", "momentum", "rate");

  private static final Set<String> CONVOLUTION =
      Set.of("kernel_size", "strides", "padding", "dilation_rate", "use_bias");

  /** Whether it leaves what goes through a trained network as it is. */
  static boolean isIdentity(JsonNode layer) {
    return IDENTITIES.contains(layer.path("class_name").asText());
  }

  /**
   * The same for the importer: one layer, none where it does nothing to a trained network, or two
   * where the importer wants the activation by itself.
   *
   * @throws UnreadableModelException if it cannot be had exactly; the message names the layer
   */
  List<ObjectNode> adapted() throws UnreadableModelException {
    if (config().path("data_format").asText("").equals("channels_first")) {
      throw refused("has data_format channels_first; mnist4j reads channels_last");
    }
    if (isIdentity(layer)) {
      return List.of();
    }
    return switch (className()) {
      case "Dropout" -> List.of(keep("Dropout", Set.of("rate")));
      case "Flatten" -> List.of(keep("Flatten", Set.of()));
      case "Dense" -> activated(keep("Dense", Set.of("units", "use_bias")));
      case "Conv2D", "Convolution2D" -> convolution("Conv2D", Set.of("filters"));
      case "DepthwiseConv2D" -> convolution("DepthwiseConv2D", Set.of("depth_multiplier"));
      case "SeparableConv2D" ->
          convolution("SeparableConv2D", Set.of("filters", "depth_multiplier"));
      case "MaxPooling2D", "AveragePooling2D" ->
          List.of(keep(className(), Set.of("pool_size", "strides", "padding")));
      case "GlobalMaxPooling2D", "GlobalAveragePooling2D" -> {
        require(!config().path("keepdims").asBoolean(false), "has keepdims");
        yield List.of(keep(className(), Set.of()));
      }
      case "ZeroPadding2D" -> List.of(keep(className(), Set.of("padding")));
      case "Cropping2D" -> List.of(keep(className(), Set.of("cropping")));
      case "UpSampling2D" -> {
        require(
            config().path("interpolation").asText("nearest").equals("nearest"),
            "has interpolation " + config().path("interpolation").asText());
        yield List.of(keep(className(), Set.of("size")));
      }
      case "BatchNormalization" -> {
        require(!config().path("renorm").asBoolean(false), "has renorm");
        JsonNode axis = config().path("axis");
        // Old files have it in a list; 1 is the last axis of what is flat.
        int last = (axis.isArray() ? axis.path(0) : axis).asInt(-1);
        require(last == -1 || last == 1 || last == 3, "is over axis " + last);
        yield List.of(keep(className(), Set.of("axis", "momentum", "epsilon", "center", "scale")));
      }
      case "Activation" -> activated(null);
      case "ReLU" -> List.of(relu());
      case "LeakyReLU" ->
          List.of(leaky(config().path("alpha").asDouble(negativeSlope(LEAKY_LAYER_SLOPE))));
      case "ELU" -> List.of(keep("ELU", Set.of("alpha")));
      case "PReLU" -> List.of(keep("PReLU", Set.of("shared_axes")));
      case "Softmax" -> {
        require(config().path("axis").asInt(-1) == -1, "is not over the last axis");
        yield List.of(activation("softmax"));
      }
      default -> throw refused("is of a kind that mnist4j does not read; it reads " + READABLE);
    };
  }

  private List<ObjectNode> convolution(String kind, Set<String> own)
      throws UnreadableModelException {
    require(config().path("groups").asInt(1) == 1, "has groups");
    ObjectNode convolution = keep(kind, own);
    ObjectNode settings = (ObjectNode) convolution.path("config");
    settings.setAll(keep(kind, CONVOLUTION).with("config"));
    settings.put("data_format", "channels_last");
    return activated(convolution);
  }

  /** Keras 3 calls {@code negative_slope} what was alpha. */
  private double negativeSlope(double missing) {
    return config().path("negative_slope").asDouble(missing);
  }

  private ObjectNode relu() throws UnreadableModelException {
    require(config().path("threshold").asDouble(0) == 0, "has a threshold");
    double slope = negativeSlope(0);
    if (slope == 0) {
      return keep("ReLU", Set.of("max_value"));
    }
    require(config().path("max_value").isNull(), "has both a negative_slope and a max_value");
    return leaky(slope);
  }

  private ObjectNode leaky(double slope) {
    ObjectNode leaky = empty("LeakyReLU", name());
    leaky.with("config").put("alpha", slope);
    return leaky;
  }

  private ObjectNode activation(String activation) {
    ObjectNode layer = empty("Activation", name());
    layer.with("config").put("activation", activation);
    return layer;
  }

  /**
   * The layer with its activation, or the activation alone.
   *
   * @param before null for none
   */
  private List<ObjectNode> activated(ObjectNode before) throws UnreadableModelException {
    String activation = activationName();
    String known = ACTIVATIONS.get(activation);
    if (known != null) {
      if (before == null) {
        return List.of(activation(known));
      }
      before.with("config").put("activation", known);
      return List.of(before);
    }
    if (activation.equals("leaky_relu")) {
      ObjectNode leaky = leaky(LEAKY_SLOPE);
      if (before == null) {
        return List.of(leaky);
      }
      before.with("config").put("activation", "linear");
      leaky.with("config").put("name", name() + "_leaky_relu");
      return List.of(before, leaky);
    }
    throw refused(
        "has the activation %s; mnist4j reads %s and leaky_relu"
            .formatted(
                activation, String.join(", ", ACTIVATIONS.keySet().stream().sorted().toList())));
  }

  /** A name, or a document that has it as its class or its configuration. */
  private String activationName() {
    JsonNode activation = config().path("activation");
    if (activation.isMissingNode() || activation.isNull()) {
      return "linear";
    }
    if (activation.isObject()) {
      JsonNode inner = activation.path("config");
      return inner.isTextual()
          ? inner.asText()
          : activation.path("class_name").asText("unknown").toLowerCase(Locale.ROOT);
    }
    return activation.asText();
  }

  /** The layer with its name, those of its settings that are wanted, and no others. */
  private ObjectNode keep(String className, Set<String> settings) {
    ObjectNode kept = empty(className, name());
    for (String initializer : INITIALIZERS) {
      kept.with("config").putObject(initializer).put("class_name", "Zeros").putObject("config");
    }
    for (String setting : settings) {
      JsonNode value = config().get(setting);
      if (value != null && !value.isNull()) {
        // The importer wants a point in these, and Python leaves it out of whole numbers.
        kept.with("config")
            .set(setting, REAL.contains(setting) ? new DoubleNode(value.asDouble()) : value);
      }
    }
    return kept;
  }

  private static ObjectNode empty(String className, String name) {
    ObjectNode layer = JsonNodeFactory.instance.objectNode();
    layer.put("class_name", className);
    ObjectNode config = layer.putObject("config");
    config.put("name", name);
    return layer;
  }

  private JsonNode config() {
    return layer.path("config");
  }

  private String className() {
    return layer.path("class_name").asText();
  }

  private String name() {
    return config().path("name").asText();
  }

  private void require(boolean readable, String what) throws UnreadableModelException {
    if (!readable) {
      throw refused(what + ", which mnist4j does not read");
    }
  }

  private UnreadableModelException refused(String why) {
    return KerasLayers.refused(layer, why);
  }
}
