package io.mnist4j.model.foreign;

import io.mnist4j.model.InputLayout;
import io.mnist4j.model.InputRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.node.ArrayNode;
import org.nd4j.shade.jackson.databind.node.JsonNodeFactory;
import org.nd4j.shade.jackson.databind.node.ObjectNode;

/**
 * The layers of a Keras model, one after another, as DL4J's importer understands them: it was made
 * for Keras 2.3, and passes over what it does not know. Each layer here has exactly the settings
 * that it reads; anything that it would get wrong is refused.
 *
 * @param layout of the images that the first of the layers takes
 * @param factor what a Rescaling in front of them multiplies pixels by; 1 without one
 * @param offset what it adds then; 0 without one
 * @param rescaled the range of pixels that such a Rescaling is made for; empty without one
 * @param layers each with class_name and config
 */
record KerasLayers(
    InputLayout layout,
    double factor,
    double offset,
    Optional<InputRange> rescaled,
    List<ObjectNode> layers) {
  private static final int MNIST_SIDE = 28;
  private static final int LARGEST = 1 << 24;

  /** A Rescaling by less than this is made for pixels up to 255. */
  private static final double SMALL_FACTOR = 0.02;

  static KerasLayers of(KerasFile file) throws UnreadableModelException {
    List<JsonNode> chain = chain(file.model());
    long[] shape = inputShape(file.model(), chain);
    double factor = 1;
    double offset = 0;
    Optional<InputRange> rescaled = Optional.empty();
    int first = 0;
    // These only look at the same pixels in another way.
    for (boolean onlyPixels = true; onlyPixels && first < chain.size(); ) {
      JsonNode layer = chain.get(first);
      JsonNode config = layer.path("config");
      if (LayerAdapter.isIdentity(layer)) {
        first++;
        continue;
      }
      switch (layer.path("class_name").asText()) {
        case "Dropout" -> first++;
        case "Flatten" -> {
          shape = new long[] {product(shape)};
          first++;
        }
        case "Reshape" -> {
          shape = reshaped(shape, config.path("target_shape"));
          first++;
        }
        case "Rescaling" -> {
          if (!config.path("scale").isNumber() || !config.path("offset").isNumber()) {
            throw refused(layer, "rescales each pixel in its own way");
          }
          double scale = config.path("scale").asDouble();
          factor *= scale;
          offset = offset * scale + config.path("offset").asDouble();
          rescaled = Optional.of(scale < SMALL_FACTOR ? InputRange.BYTES : InputRange.UNIT);
          first++;
        }
        default -> onlyPixels = false;
      }
    }
    if (first == chain.size()) {
      throw new UnreadableModelException("it has no layers");
    }
    InputLayout layout = layout(shape, chain.get(first));
    List<ObjectNode> layers = new ArrayList<>();
    for (JsonNode layer : chain.subList(first, chain.size())) {
      layers.addAll(new LayerAdapter(layer).adapted());
    }
    return new KerasLayers(layout, factor, offset, rescaled, layers);
  }

  /** The configuration of a Sequential model of Keras 2. */
  String toJson() {
    JsonNodeFactory json = JsonNodeFactory.instance;
    ObjectNode input = json.objectNode();
    input.put("class_name", "InputLayer");
    ObjectNode config = input.putObject("config");
    config.put("name", "mnist4j_input");
    config.put("dtype", "float32");
    ArrayNode shape = config.putArray("batch_input_shape").addNull();
    Arrays.stream(layout.shape(0)).skip(1).forEach(size -> shape.add((int) size));
    ObjectNode root = json.objectNode();
    root.put("class_name", "Sequential");
    root.put("keras_version", "2.3.1");
    root.put("backend", "tensorflow");
    ObjectNode model = root.putObject("config");
    model.put("name", "model");
    ArrayNode all = model.putArray("layers").add(input);
    String previous = "mnist4j_input";
    for (ObjectNode layer : layers) {
      // Some of the importer's layers look at the one before them.
      layer.putArray("inbound_nodes").addArray().addArray().add(previous).add(0).add(0).addObject();
      previous = layer.path("config").path("name").asText();
      all.add(layer);
    }
    return root.toString();
  }

  /** What it is told to have, by name; a batch normalisation without scale lacks gamma. */
  boolean has(String layer, String setting) {
    return layers.stream()
        .map(l -> l.path("config"))
        .filter(config -> config.path("name").asText().equals(layer))
        .allMatch(config -> config.path(setting).asBoolean(true));
  }

  private static List<JsonNode> chain(JsonNode model) throws UnreadableModelException {
    JsonNode config = model.path("config");
    String kind = model.path("class_name").asText("nothing");
    switch (kind) {
      case "Sequential" -> {
        // A list alone, before Keras 2.2.3.
        JsonNode layers = config.isArray() ? config : config.path("layers");
        return StreamSupport.stream(layers.spliterator(), false).toList();
      }
      case "Functional", "Model" -> {
        return KerasGraph.chain(config);
      }
      default ->
          throw new UnreadableModelException(
              "it is a Keras model of the class %s; mnist4j reads Sequential and Functional"
                  .formatted(kind));
    }
  }

  /** Without the batch. */
  private static long[] inputShape(JsonNode model, List<JsonNode> chain)
      throws UnreadableModelException {
    List<JsonNode> places = new ArrayList<>();
    if (!chain.isEmpty()) {
      JsonNode config = chain.get(0).path("config");
      places.add(config.path("batch_shape"));
      places.add(config.path("batch_input_shape"));
      places.add(chain.get(0).path("build_config").path("input_shape"));
    }
    places.add(model.path("config").path("build_input_shape"));
    for (JsonNode place : places) {
      if (place.isArray() && place.size() > 1) {
        long[] shape = new long[place.size() - 1];
        for (int d = 0; d < shape.length; d++) {
          // A size that may vary is null.
          shape[d] = place.get(d + 1).asLong(-1) < 1 ? MNIST_SIDE : place.get(d + 1).asLong();
        }
        return shape;
      }
    }
    throw new UnreadableModelException(
        "it does not say the shape of its input; give the model an Input layer, or build it before"
            + " it is saved");
  }

  private static long[] reshaped(long[] shape, JsonNode target) {
    long[] result = new long[target.size()];
    long known = 1;
    for (int d = 0; d < result.length; d++) {
      result[d] = target.get(d).asLong();
      known *= result[d] > 0 ? result[d] : 1;
    }
    for (int d = 0; d < result.length; d++) {
      result[d] = result[d] > 0 ? result[d] : product(shape) / known;
    }
    return result;
  }

  private static InputLayout layout(long[] shape, JsonNode layer) throws UnreadableModelException {
    for (long size : shape) {
      if (size < 1 || size > LARGEST) {
        throw new UnreadableModelException(
            "it takes arrays of the shape %s, which are no images"
                .formatted(Arrays.toString(shape)));
      }
    }
    if (shape.length == 1) {
      int side = (int) Math.round(Math.sqrt((double) shape[0]));
      if ((long) side * side == shape[0]) {
        return new InputLayout(side, side, InputLayout.Order.FLAT);
      }
      throw new UnreadableModelException(
          "it takes %d numbers, which are no square image".formatted(shape[0]));
    }
    if (shape.length == 3 && shape[2] == 1) {
      return new InputLayout((int) shape[0], (int) shape[1], InputLayout.Order.NHWC);
    }
    throw refused(
        layer,
        "takes arrays of the shape %s; mnist4j gives images as [height, width, 1], or flat"
            .formatted(Arrays.toString(shape)));
  }

  private static long product(long[] shape) {
    return Arrays.stream(shape).reduce(1, (a, b) -> a * b);
  }

  static UnreadableModelException refused(JsonNode layer, String why) {
    return new UnreadableModelException(
        "%s %s"
            .formatted(
                Named.of(
                    layer.path("config").path("name").asText("?"),
                    layer.path("class_name").asText("?")),
                why));
  }
}
