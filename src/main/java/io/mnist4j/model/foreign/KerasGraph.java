package io.mnist4j.model.foreign;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.shade.jackson.databind.JsonNode;

/** A model of Keras' functional API, which may have any shape, and often is a mere chain. */
final class KerasGraph {
  private KerasGraph() {}

  /**
   * Its layers from the input on.
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
        throw KerasLayers.refused(
            layer,
            "has %d inputs; mnist4j reads networks whose layers follow one another"
                .formatted(sources.size()));
      }
      for (String source : sources) {
        JsonNode other = successors.put(source, layer);
        if (other != null) {
          throw KerasLayers.refused(
              layer,
              "has the same input as '%s'; mnist4j reads networks whose layers follow one another"
                  .formatted(other.path("config").path("name").asText()));
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
      layer = successors.remove(layer.path("config").path("name").asText());
    }
    return chain;
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
