package io.mnist4j.model.foreign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/** Graphs as Keras 2 writes them; those of Keras 3 are in files that it wrote. */
class KerasGraphTest {

  @Test
  void chainInAnyOrderOfWriting() throws Exception {
    JsonNode graph =
        graph(
            layer("c", "[[['b', 0, 0, {}]]]"), layer("a", "[]"), layer("b", "[[['a', 0, 0, {}]]]"));
    assertEquals(
        List.of("a", "b", "c"),
        KerasGraph.chain(graph).stream()
            .map(layer -> layer.path("config").path("name").asText())
            .toList());
  }

  @Test
  void twoInputsOfOneLayer() throws Exception {
    assertRefused(
        graph(
            layer("a", "[]"),
            layer("b", "[[['a', 0, 0, {}]]]"),
            layer("add", "[[['a', 0, 0, {}], ['b', 0, 0, {}]]]")),
        "its layer 'add' (Dense) has 2 inputs; mnist4j reads networks whose layers follow one another");
  }

  @Test
  void twoInputsOfTheModel() throws Exception {
    assertRefused(
        graph(layer("a", "[]"), layer("b", "[]")),
        "it has 2 inputs; mnist4j reads networks with one");
  }

  private static String layer(String name, String inbound) {
    return "{'class_name': 'Dense', 'config': {'name': '%s'}, 'inbound_nodes': %s}"
        .formatted(name, inbound);
  }

  private static JsonNode graph(String... layers) throws Exception {
    String json = "{'layers': [%s]}".formatted(String.join(",", layers));
    return new ObjectMapper().readTree(json.replace('\'', '"'));
  }

  private static void assertRefused(JsonNode graph, String message) {
    assertEquals(
        message,
        assertThrows(UnreadableModelException.class, () -> KerasGraph.chain(graph)).getMessage());
  }
}
