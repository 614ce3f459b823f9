package io.mnist4j.report.card;

import io.mnist4j.config.YamlDocument;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.nd4j.shade.jackson.databind.JsonNode;

/**
 * The metadata at the head of a model card, with the keys that model hubs look for: Hugging Face's
 * model card specification (modelcard.md of its hub's documentation), model-index included.
 */
final class FrontMatter {
  /** What a hub takes for the name of a data set: one name, or an owner and a name. */
  private static final Pattern DATASET_ID = Pattern.compile("[A-Za-z0-9][\\w.-]*(/[\\w.-]+)?");

  private static final String TASK = "image-classification";

  private FrontMatter() {}

  /**
   * The YAML between its two lines of hyphens.
   *
   * @param license an identifier such as {@code apache-2.0}; empty for none
   */
  static String of(CardSources sources, Optional<String> license) {
    Map<String, Object> yaml = new LinkedHashMap<>();
    license.ifPresent(id -> yaml.put("license", id));
    String library = library(sources.foreign().orElse(""));
    yaml.put("library_name", library);
    yaml.put("pipeline_tag", TASK);
    yaml.put(
        "tags",
        sources.foreign().isPresent() ? List.of(TASK, library) : List.of(TASK, library, "mnist4j"));
    Optional<String> id = sources.dataset().filter(name -> DATASET_ID.matcher(name).matches());
    id.ifPresent(name -> yaml.put("datasets", List.of(name)));
    List<Map<String, Object>> results = new ArrayList<>();
    List<Map<String, Object>> metrics = metrics(sources);
    if (!metrics.isEmpty() && sources.dataset().isPresent()) {
      yaml.put("metrics", List.of("accuracy"));
      boolean same = sources.evaluation().filter(e -> isOfTest(e, sources)).isPresent();
      List<Map<String, Object>> evaluated = evaluated(sources, same);
      if (same) {
        metrics.addAll(evaluated);
      }
      results.add(result(sources.dataset().get(), "test", metrics));
      if (!same && !evaluated.isEmpty()) {
        JsonNode other = sources.evaluation().orElseThrow();
        results.add(
            result(
                other.path("dataset").asText("unknown"),
                other.path("split").asText("test"),
                evaluated));
      }
      yaml.put("model-index", List.of(ordered("name", sources.name(), "results", results)));
    }
    return "---\n" + YamlDocument.of(yaml) + "---\n";
  }

  /** The hub's name of the program that reads the model's own file. */
  private static String library(String program) {
    if (program.startsWith("Keras")) {
      return "keras";
    }
    return program.startsWith("ONNX")
        ? "onnx"
        : program.equals("safetensors") ? "pytorch" : "deeplearning4j";
  }

  private static List<Map<String, Object>> metrics(CardSources sources) {
    List<Map<String, Object>> metrics = new ArrayList<>();
    sources
        .figure("test-accuracy")
        .ifPresent(value -> metrics.add(metric("accuracy", value, "Test accuracy")));
    if (!metrics.isEmpty()) {
      sources
          .figure("test-loss")
          .ifPresent(value -> metrics.add(metric("loss", value, "Test loss")));
    }
    return metrics;
  }

  /** Whether an evaluation is of what the run itself was tested on. */
  private static boolean isOfTest(JsonNode evaluation, CardSources sources) {
    return evaluation.path("dataset").asText().equals(sources.dataset().orElse(null))
        && evaluation.path("split").asText("test").equals("test");
  }

  /**
   * The figures of an evaluation.
   *
   * @param same whether the run has the accuracy already
   */
  private static List<Map<String, Object>> evaluated(CardSources sources, boolean same) {
    List<Map<String, Object>> metrics = new ArrayList<>();
    if (sources.evaluation().isPresent()) {
      JsonNode evaluation = sources.evaluation().get();
      if (!same) {
        add(metrics, evaluation, "test-accuracy", "accuracy", "Accuracy");
      }
      add(metrics, evaluation, "macro-f1", "f1", "Macro F1");
      add(metrics, evaluation, "macro-precision", "precision", "Macro precision");
      add(metrics, evaluation, "macro-recall", "recall", "Macro recall");
      add(metrics, evaluation, "calibration-error", "ece", "Expected calibration error");
    }
    return metrics;
  }

  private static void add(
      List<Map<String, Object>> metrics, JsonNode from, String key, String type, String name) {
    if (from.path(key).isNumber()) {
      metrics.add(metric(type, from.path(key).asDouble(), name));
    }
  }

  private static Map<String, Object> result(
      String dataset, String split, List<Map<String, Object>> metrics) {
    return ordered(
        "task",
        ordered("type", TASK, "name", "Image Classification"),
        "dataset",
        ordered("type", dataset, "name", dataset, "split", split),
        "metrics",
        metrics);
  }

  private static Map<String, Object> metric(String type, double value, String name) {
    return ordered("type", type, "value", value, "name", name);
  }

  private static Map<String, Object> ordered(Object... keysAndValues) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      map.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return map;
  }
}
