package io.mnist4j.data.parquet;

import io.mnist4j.text.Json;
import io.mnist4j.text.Printable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.nd4j.shade.jackson.databind.JsonNode;

/** What the hub's library writes about the columns of a table, as JSON below its own key. */
final class ClassLabels {
  private static final String KEY = "huggingface";
  private static final int MAX_NAMES = 4_096;

  private final JsonNode features;

  private ClassLabels(JsonNode features) {
    this.features = features;
  }

  /** Reads it; what is not as expected is left out, since labels go without names, too. */
  static ClassLabels of(Map<String, String> metadata) {
    JsonNode root = Json.parse("{}");
    try {
      root = Json.parse(metadata.getOrDefault(KEY, "{}"));
    } catch (IllegalArgumentException e) {
      // The file was written by something else, which left the key as it was.
    }
    return new ClassLabels(root.path("info").path("features"));
  }

  /** Whether a column holds the numbers of classes. */
  boolean has(ParquetColumn column) {
    return features.path(column.root()).path("_type").asText().equals("ClassLabel");
  }

  /** The names of a column's classes, each once; empty if there are none. */
  List<String> names(ParquetColumn column) {
    List<String> names = new ArrayList<>();
    for (JsonNode name : features.path(column.root()).path("names")) {
      if (!name.isTextual() || name.asText().isBlank() || !Printable.isName(name.asText())) {
        return List.of();
      }
      names.add(name.asText());
    }
    boolean sound = names.size() <= MAX_NAMES && new HashSet<>(names).size() == names.size();
    return sound ? names : List.of();
  }
}
