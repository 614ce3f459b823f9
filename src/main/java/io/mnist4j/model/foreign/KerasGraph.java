package io.mnist4j.model.foreign;

import io.mnist4j.model.foreign.KerasLayer.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.nd4j.shade.jackson.databind.JsonNode;

/**
 * The layers of a Keras model one after another, those of the models in it included. A model of the
 * functional API may have any shape, and often is a mere chain.
 */
final class KerasGraph {
  private static final Set<String> MODELS = Set.of("Sequential", "Functional", "Model");

  private KerasGraph() {}

  /**
   * The layers from the input on.
   *
   * @param model with class_name and config
   * @throws UnreadableModelException if it branches; the message names the layer
   */
  static List<KerasLayer> layers(JsonNode model) throws UnreadableModelException {
    String kind = model.path("class_name").asText("nothing");
    if (!MODELS.contains(kind)) {
      throw new UnreadableModelException(
          "it is a Keras model of the class %s; mnist4j reads Sequential and Functional"
              .formatted(kind));
    }
    List<KerasLayer> layers = new ArrayList<>();
    addLayers(model, List.of(), layers);
    return layers;
  }

  private static void addLayers(JsonNode model, List<Place> outer, List<KerasLayer> all)
      throws UnreadableModelException {
    JsonNode config = model.path("config");
    // A list alone, before Keras 2.2.3.
    JsonNode written = config.isArray() ? config : config.path("layers");
    IdentityHashMap<JsonNode, Integer> ranks = new IdentityHashMap<>();
    Map<String, Integer> counts = new HashMap<>();
    for (JsonNode layer : written) {
      ranks.put(layer, counts.merge(kind(layer), 1, Integer::sum) - 1);
    }
    List<JsonNode> chain =
        kind(model).equals("Sequential")
            ? StreamSupport.stream(written.spliterator(), false).toList()
            : chain(config);
    for (JsonNode layer : chain) {
      List<Place> places = new ArrayList<>(outer);
      places.add(new Place(name(layer), kind(layer), ranks.get(layer), counts.get(kind(layer))));
      if (MODELS.contains(kind(layer))) {
        addLayers(layer, places, all);
      } else {
        all.add(new KerasLayer(layer, places));
      }
    }
  }

  private static String name(JsonNode layer) {
    return layer.path("config").path("name").asText("?");
  }

  private static String kind(JsonNode layer) {
    return layer.path("class_name").asText("?");
  }

  /**
   * The layers of a functional model from the input on.
   *
   * @param config with layers, input_layers and output_layers
   * @throws UnreadableModelException if it branches; the message names the layer
   */
  static List<JsonNode> chain(JsonNode config) throws UnreadableModelException {
    Map<String, JsonNode> successors = new HashMap<>();
    List<JsonNode> inputs = new ArrayList<>();
    for (JsonNode layer : config.path("layers")) {
      List<String> sources = new ArrayList<>();
      collectSources(layer.path("inbound_nodes"), sources);
      if (sources.isEmpty()) {
        inputs.add(layer);
      }
      if (sources.size() > 1) {
        throw refused(layer, "has %d inputs".formatted(sources.size()));
      }
      for (String source : sources) {
        JsonNode other = successors.put(source, layer);
        if (other != null) {
          throw refused(layer, "has the same input as '%s'".formatted(name(other)));
        }
      }
    }
    if (inputs.size() != 1) {
      throw new UnreadableModelException(
          "it has %d inputs; mnist4j reads networks with one".formatted(inputs.size()));
    }
    List<JsonNode> chain = new ArrayList<>();
    JsonNode layer = inputs.get(0);
    while (layer != null) {
      chain.add(layer);
      layer = successors.remove(name(layer));
    }
    return chain;
  }

  private static UnreadableModelException refused(JsonNode layer, String why) {
    return new KerasLayer(layer, List.of())
        .refused(why + "; mnist4j reads networks whose layers follow one another");
  }

  /**
   * Keras 2 has lists of {@code [name, node, tensor, ...]}; Keras 3 has documents with a {@code
   * keras_history} of such a list.
   */
  private static void collectSources(JsonNode node, List<String> sources) {
    if (node.isArray() && node.size() >= 3 && node.get(0).isTextual() && node.get(1).isInt()) {
      sources.add(node.get(0).asText());
      return;
    }
    node.forEach(child -> collectSources(child, sources));
  }
}
