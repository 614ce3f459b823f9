package io.mnist4j.model.export;

import io.mnist4j.model.Provenance;
import io.mnist4j.model.TrainedModel;
import io.mnist4j.text.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/** What an exported file says of itself. */
final class Metadata {
  static final String PREPROCESSING = "preprocessing";

  private Metadata() {}

  /**
   * Name → text.
   *
   * @param preprocessing what has to be done to an image before
   */
  static Map<String, String> of(TrainedModel model, String preprocessing) {
    Provenance provenance = model.provenance();
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put(PREPROCESSING, preprocessing);
    metadata.put("labels", Json.line(provenance.labels()));
    metadata.put("dataset", provenance.dataset());
    provenance.metrics().forEach((name, value) -> metadata.put(name, String.valueOf(value)));
    model
        .origin()
        .ifPresentOrElse(
            origin -> metadata.put("origin", origin.format()),
            () -> metadata.put("provenance", provenance.toJson()));
    return metadata;
  }
}
