package io.mnist4j.model;

import io.mnist4j.data.ImageSet;
import io.mnist4j.text.BoundedJson;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.nd4j.shade.jackson.core.JsonProcessingException;
import org.nd4j.shade.jackson.core.type.TypeReference;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import org.nd4j.shade.jackson.databind.node.ObjectNode;

/**
 * Where a model comes from and what it expects: the archive's entry {@code mnist4j.json}.
 *
 * @param config the experiment as its file has it: keys to scalars, lists and maps
 * @param dataset name of the data set that it was trained on
 * @param datasetSha256 file name → SHA-256 of the uncompressed content
 * @param labels class names; index = output of the network
 * @param height rows of an input image
 * @param width columns of an input image
 * @param seed of weights and shuffling
 * @param metrics name → value at the end of training
 * @param versions program or library → version
 * @param platform operating system, processor, backend, threads
 */
public record Provenance(
    Map<String, Object> config,
    String dataset,
    Map<String, String> datasetSha256,
    List<String> labels,
    int height,
    int width,
    long seed,
    Map<String, Double> metrics,
    Map<String, String> versions,
    Map<String, String> platform) {

  /** The version of the entry that this program writes; it reads no later one. */
  public static final int FORMAT_VERSION = 1;

  /** A label is a byte. */
  private static final int MAX_CLASSES = 256;

  private static final int MAX_NAME = 1_000;

  private static final String UNKNOWN_DATASET = "unknown";

  /** How an image becomes the network's input; the only way there is. */
  static final String PREPROCESSING = "pixels / 255, row by row, [n, height * width] float32";

  private static final ObjectMapper JSON = new ObjectMapper();

  public Provenance {
    Objects.requireNonNull(dataset, "dataset");
    config = Collections.unmodifiableMap(new LinkedHashMap<>(config));
    datasetSha256 = Collections.unmodifiableMap(new LinkedHashMap<>(datasetSha256));
    labels = List.copyOf(labels);
    metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
    versions = Collections.unmodifiableMap(new LinkedHashMap<>(versions));
    platform = Collections.unmodifiableMap(new LinkedHashMap<>(platform));
  }

  /**
   * That of a model which another program wrote, and which says nothing of its training.
   *
   * @param classes of the network; they are named 0, 1, …
   * @param format the program and its version
   */
  public static Provenance unknown(int classes, int height, int width, String format) {
    return new Provenance(
        Map.of(),
        UNKNOWN_DATASET,
        Map.of(),
        IntStream.range(0, classes).mapToObj(String::valueOf).toList(),
        height,
        width,
        0,
        Map.of(),
        Map.of("format", format),
        Map.of());
  }

  /** Whether images of this size are what the network takes. */
  public boolean accepts(ImageSet images) {
    return images.height() == height && images.width() == width;
  }

  /** The text of the entry. */
  public String toJson() {
    ObjectNode root = JSON.createObjectNode();
    root.put("formatVersion", FORMAT_VERSION);
    root.set("config", JSON.valueToTree(config));
    ObjectNode data = root.putObject("dataset");
    data.put("name", dataset);
    data.set("sha256", JSON.valueToTree(datasetSha256));
    root.set("labels", JSON.valueToTree(labels));
    ObjectNode input = root.putObject("input");
    input.put("height", height);
    input.put("width", width);
    input.put("preprocessing", PREPROCESSING);
    root.put("seed", seed);
    root.set("metrics", JSON.valueToTree(metrics));
    root.set("versions", JSON.valueToTree(versions));
    root.set("platform", JSON.valueToTree(platform));
    return root.toPrettyString() + "\n";
  }

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @throws IllegalArgumentException if the text is something else; the message says what is wrong
   */
  public static Provenance fromJson(String text) {
    JsonNode root;
    try {
      root = BoundedJson.read(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("is not JSON: " + e.getOriginalMessage(), e);
    }
    int version = required(root, "formatVersion").asInt();
    if (version != FORMAT_VERSION) {
      throw new IllegalArgumentException(
          "has format version %d; this program reads version %d"
              .formatted(version, FORMAT_VERSION));
    }
    JsonNode data = required(root, "dataset");
    JsonNode input = required(root, "input");
    List<String> labels = new ArrayList<>();
    required(root, "labels").forEach(label -> labels.add(name(label)));
    if (labels.size() < 2 || labels.size() > MAX_CLASSES) {
      throw new IllegalArgumentException(
          "names %d classes, not 2 to %d".formatted(labels.size(), MAX_CLASSES));
    }
    return new Provenance(
        map(root, "config", new TypeReference<Map<String, Object>>() {}),
        name(required(data, "name")),
        map(data, "sha256", new TypeReference<Map<String, String>>() {}),
        labels,
        required(input, "height").asInt(),
        required(input, "width").asInt(),
        required(root, "seed").asLong(),
        map(root, "metrics", new TypeReference<Map<String, Double>>() {}),
        map(root, "versions", new TypeReference<Map<String, String>>() {}),
        map(root, "platform", new TypeReference<Map<String, String>>() {}));
  }

  /** Names are printed: they may do nothing to a terminal. */
  private static String name(JsonNode value) {
    String name = value.asText();
    if (name.length() > MAX_NAME || name.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "has a name that is none: " + name.length() + " characters");
    }
    return name;
  }

  private static JsonNode required(JsonNode parent, String key) {
    JsonNode value = parent.get(key);
    if (value == null || value.isNull()) {
      throw new IllegalArgumentException("lacks \"" + key + "\"");
    }
    return value;
  }

  private static <V> Map<String, V> map(
      JsonNode parent, String key, TypeReference<Map<String, V>> type) {
    return JSON.convertValue(required(parent, key), type);
  }
}
