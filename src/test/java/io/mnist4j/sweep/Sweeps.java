package io.mnist4j.sweep;

import io.mnist4j.errors.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Sweep files for tests, on images of three classes that are learned in milliseconds. */
public final class Sweeps {
  /** An experiment that {@link io.mnist4j.train.TinyData} fits. */
  public static final String BASE =
      """
      data: {dataset: tiny, validation: 0.25}
      model:
        layers:
          - dense: {units: 4}
      training: {epochs: 2, batch-size: 20}
      """;

  /** One parameter of each kind, and one that depends on another. */
  public static final String SPACE =
      """
      space:
        training.optimizer.learning-rate: {log-uniform: [1e-3, 1e-1]}
        model.layers.0.dense.units: {int: [4, 32], log: true}
        training.optimizer.momentum: {uniform: [0.5, 0.9], when: {training.optimizer.name: momentum}}
        training.optimizer.name: [adam, momentum]
      """;

  private Sweeps() {}

  /** Writes base and sweep file into the folder, and reads them as the program does. */
  public static Sweep read(Path folder, String sweep) throws IOException, ConfigException {
    Files.writeString(folder.resolve("base.yaml"), BASE);
    Path file = Files.writeString(folder.resolve("sweep.yaml"), "base: base.yaml\n" + sweep);
    return Sweep.read(file, List.of(), List.of());
  }
}
