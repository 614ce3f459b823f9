package io.mnist4j.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The files in {@code configs} that follow from the settings' records. */
final class ShippedConfigs {
  private ShippedConfigs() {}

  /** File → what it has to hold. */
  static Map<Path, String> contents() {
    return Map.of(
        Path.of("configs/default.yaml"),
        "# yaml-language-server: $schema=schema.json\n" + ExperimentFile.toYaml(Experiment.DEFAULT),
        Path.of("configs/schema.json"),
        ExperimentSchema.toJson());
  }

  /** Writes them anew. */
  public static void main(String[] args) throws IOException {
    for (Map.Entry<Path, String> file : contents().entrySet()) {
      Files.writeString(file.getKey(), file.getValue());
    }
  }
}
