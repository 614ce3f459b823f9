package io.mnist4j.model.archive;

import io.mnist4j.model.layers.LayerSpec;
import io.mnist4j.text.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.apache.commons.io.IOUtils;
import org.nd4j.shade.jackson.core.JsonProcessingException;
import org.nd4j.shade.jackson.databind.JsonNode;

/**
 * The text of a network that DL4J wrote, judged before DL4J reads it: DL4J makes an object of
 * whatever class the text names, and believes every size in it. What comes through names classes of
 * a fixed list alone, and asks for no size that a product of sizes could overflow.
 */
final class Dl4jConfiguration {
  private static final String CLASS = "@class";

  private static final int MAX_LAYERS = 1_000;

  /** Of a layer: its inputs, its outputs, the sides of its kernel. */
  private static final long MAX_SIZE = 1 << 24;

  private static final double MAX_WEIGHTS_OF_LAYER = 1L << 31;

  /** What the number of a layer's weights is the product of. */
  private static final Set<String> FACTORS = Set.of("nin", "nout", "kernelSize", "depthMultiplier");

  private static final Set<String> SEEDS = Set.of("seed", "rngSeed");

  /** Where texts in a list may look like the name of a class: these are names of layers. */
  private static final Set<String> LISTS_OF_NAMES =
      Set.of("networkInputs", "networkOutputs", "vertexInputs");

  /**
   * Names of classes: those of our own layers, and what else DL4J itself comes with and is nothing
   * but data. Left out is what runs a graph that the file could bring along, and what no network
   * for grey images has.
   */
  static final Set<String> ALLOWED = allowed();

  private Dl4jConfiguration() {}

  /**
   * Judges a {@code configuration.json}.
   *
   * @return the same, written anew, so that DL4J cannot see in it what was not seen here
   * @throws IOException if it is refused; the message says why
   */
  static String judged(String text) throws IOException {
    try {
      JsonNode root = Json.read(text);
      if (!root.isObject()) {
        throw new IOException("its configuration.json is no document of a network");
      }
      if (root.path("confs").size() > MAX_LAYERS || root.path("vertices").size() > MAX_LAYERS) {
        throw new IOException("its configuration.json has more than " + MAX_LAYERS + " layers");
      }
      judge(root, "", false);
      return root.toString();
    } catch (JsonProcessingException e) {
      throw new IOException(
          "its configuration.json is not JSON: "
              + e.getOriginalMessage().lines().findFirst().orElse(""),
          e);
    }
  }

  private static void judge(JsonNode node, String key, boolean inLayer) throws IOException {
    if (node.isObject()) {
      if (node.has(CLASS)) {
        requireAllowed(node.get(CLASS));
      }
      requireSmall(node);
      requireWholeArray(node);
      for (Iterator<Map.Entry<String, JsonNode>> all = node.fields(); all.hasNext(); ) {
        Map.Entry<String, JsonNode> field = all.next();
        String name = LISTS_OF_NAMES.contains(key) ? key : field.getKey();
        boolean layer =
            inLayer || field.getKey().equals("layer") || key.equals("inputPreProcessors");
        judge(field.getValue(), name, layer);
      }
    } else if (node.isArray()) {
      judgeArray(node, key, inLayer);
    } else if (inLayer && node.isIntegralNumber() && !SEEDS.contains(key)) {
      // Not longValue(): of what is longer than that it takes the last bits.
      if (Math.abs(node.doubleValue()) > MAX_SIZE) {
        throw new IOException(
            "its configuration.json says %s for %s".formatted(node.asText(), key));
      }
    }
  }

  /** A list of a text and a document is another way to name a class. */
  private static void judgeArray(JsonNode array, String key, boolean inLayer) throws IOException {
    for (JsonNode item : array) {
      boolean likeClass = item.isTextual() && item.textValue().indexOf('.') >= 0;
      boolean mixed = item.isTextual() != array.get(0).isTextual();
      if (mixed || (likeClass && !LISTS_OF_NAMES.contains(key))) {
        throw new IOException(
            "its configuration.json has a list of %s in '%s', where DL4J has none"
                .formatted(mixed ? "texts and other things" : "names of classes", key));
      }
      judge(item, key, inLayer);
    }
  }

  private static void requireAllowed(JsonNode name) throws IOException {
    if (!ALLOWED.contains(name.asText())) {
      throw new IOException(
          "its configuration.json asks for the class %s, which is none that mnist4j loads"
              .formatted(name.asText()));
    }
  }

  private static void requireSmall(JsonNode layer) throws IOException {
    double weights = 1;
    for (String factor : FACTORS) {
      JsonNode value = layer.path(factor);
      if (value.isArray()) {
        for (JsonNode side : value) {
          weights *= Math.max(1, Math.abs(side.asDouble()));
        }
      } else {
        weights *= Math.max(1, Math.abs(value.asDouble(1)));
      }
    }
    if (weights > MAX_WEIGHTS_OF_LAYER) {
      throw new IOException(
          "its layer '%s' is said to have %.0f weights"
              .formatted(layer.path("layerName").asText("?"), weights));
    }
  }

  /** The weights of a loss: ND4J would believe the shape, and read on behind the numbers. */
  private static void requireWholeArray(JsonNode array) throws IOException {
    if (!array.has("shape") || !array.has("data")) {
      return;
    }
    double numbers = 1;
    for (JsonNode size : array.path("shape")) {
      numbers *= size.asDouble(-1);
    }
    if (numbers != array.path("data").size()) {
      throw new IOException(
          "its configuration.json has an array of the shape %s with %d numbers"
              .formatted(array.path("shape"), array.path("data").size()));
    }
  }

  private static Set<String> allowed() {
    Set<String> names = new HashSet<>();
    LayerSpec.dl4jLayers().forEach(layer -> names.add(layer.getName()));
    try (InputStream in = Dl4jConfiguration.class.getResourceAsStream("dl4j-classes.txt")) {
      names.addAll(IOUtils.readLines(in, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Set.copyOf(names);
  }
}
