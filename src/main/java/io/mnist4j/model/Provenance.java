package io.mnist4j.model;

import io.mnist4j.data.ImageSet;
import io.mnist4j.text.Json;
import io.mnist4j.text.Printable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.nd4j.shade.jackson.databind.JsonNode;

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

  /** The data set of a model which does not say what it was trained on. */
  public static final String UNKNOWN_DATASET = "unknown";

  /** How an image becomes the network's input; the only way there is. */
  static final String PREPROCESSING = "pixels / 255, row by row, [n, height * width] float32";

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

  /** The same with other names of the classes. */
  public Provenance withLabels(List<String> names) {
    return new Provenance(
        config, dataset, datasetSha256, names, height, width, seed, metrics, versions, platform);
  }

  /** Whether images of this size are what the network takes. */
  public boolean accepts(ImageSet images) {
    return images.height() == height && images.width() == width;
  }

  /** Whether it learned from pictures as they are, in which no digits were looked for. */
  public boolean learnedWholePictures() {
    return config.get("data") instanceof Map<?, ?> data && "as-is".equals(data.get("form"));
  }

  /** The text of the entry. */
  public String toJson() {
    return Json.pretty(
        new ProvenanceFile(
            FORMAT_VERSION,
            config,
            new SourceDataset(dataset, datasetSha256),
            labels,
            new ImageInput(height, width, PREPROCESSING),
            seed,
            metrics,
            versions,
            platform));
  }

  /** The keys of the entry, in their order. */
  private record ProvenanceFile(
      int formatVersion,
      Map<String, Object> config,
      SourceDataset dataset,
      List<String> labels,
      ImageInput input,
      long seed,
      Map<String, Double> metrics,
      Map<String, String> versions,
      Map<String, String> platform) {}

  private record SourceDataset(String name, Map<String, String> sha256) {}

  private record ImageInput(int height, int width, String preprocessing) {}

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @throws IllegalArgumentException if the text is something else; the message says what is wrong
   */
  public static Provenance fromJson(String text) {
    JsonNode root = Json.parse(text);
    int version = Json.required(root, "formatVersion").asInt();
    if (version != FORMAT_VERSION) {
      throw new IllegalArgumentException(
          "has format version %d; this program reads version %d"
              .formatted(version, FORMAT_VERSION));
    }
    ProvenanceFile file = Json.bind(root, ProvenanceFile.class);
    int classes = file.labels().size();
    if (classes < 2 || classes > MAX_CLASSES) {
      throw new IllegalArgumentException(
          "names %d classes, not 2 to %d".formatted(classes, MAX_CLASSES));
    }
    file.labels().forEach(Provenance::requireName);
    requireName(file.dataset().name());
    return new Provenance(
        file.config(),
        file.dataset().name(),
        file.dataset().sha256(),
        file.labels(),
        file.input().height(),
        file.input().width(),
        file.seed(),
        inKebabCase(file.metrics()),
        file.versions(),
        file.platform());
  }

  /** Versions before 0.2.0 wrote testAccuracy for test-accuracy. */
  private static Map<String, Double> inKebabCase(Map<String, Double> metrics) {
    Map<String, Double> named = new LinkedHashMap<>();
    metrics.forEach((name, value) -> named.put(Json.kebabCase(name), value));
    return named;
  }

  /** Names are printed: they may do nothing to a terminal. */
  private static void requireName(String name) {
    if (name == null || !Printable.isName(name)) {
      throw new IllegalArgumentException(
          "has a name that is none: %d characters".formatted(name == null ? 0 : name.length()));
    }
  }
}
