package io.mnist4j.train;

import io.mnist4j.data.AtomicFile;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** The folder of one run. It is made for the run, and nothing that was there before is touched. */
public final class RunDirectory {
  private final Path path;
  private final StringBuilder metrics =
      new StringBuilder("epoch,trainLoss,validationLoss,validationAccuracy,seconds\n");

  private RunDirectory(Path path) {
    this.path = path;
  }

  /**
   * Makes the folder of a run that the user named.
   *
   * @param name a single file name
   * @throws IllegalArgumentException if the name is none, or leads out of the output folder
   * @throws FileAlreadyExistsException if there is something of that name
   */
  public static RunDirectory create(Path output, String name) throws IOException {
    if (!name.matches("[^./\\\\:*?\"<>|\\p{Cntrl}][^/\\\\:*?\"<>|\\p{Cntrl}]*")) {
      throw new IllegalArgumentException(
          "'%s' cannot be the name of a run's folder; take letters, digits, - and _"
              .formatted(name));
    }
    Files.createDirectories(output);
    return new RunDirectory(Files.createDirectory(output.resolve(name)));
  }

  /** Makes the folder of the next run: the stem with the first number that is free. */
  public static RunDirectory createNext(Path output, String stem) throws IOException {
    for (int number = 1; ; number++) {
      try {
        return create(output, stem + "-" + number);
      } catch (FileAlreadyExistsException taken) {
        if (!Files.isDirectory(output)) {
          throw taken;
        }
      }
    }
  }

  public Path path() {
    return path;
  }

  public Path model() {
    return path.resolve("model.zip");
  }

  /** Writes the experiment that the run is of. */
  public void writeConfig(String yaml) throws IOException {
    AtomicFile.write(path.resolve("config.yaml"), yaml);
  }

  /** Adds a line to {@code metrics.csv}. */
  public void appendMetrics(EpochMetrics epoch) throws IOException {
    metrics.append(
        String.format(
            Locale.ROOT,
            "%d,%.6f,%.6f,%.6f,%.3f\n",
            epoch.epoch(),
            epoch.trainLoss(),
            epoch.validation().loss(),
            epoch.validation().accuracy(),
            epoch.seconds()));
    AtomicFile.write(path.resolve("metrics.csv"), metrics.toString());
  }

  /** Writes the run's result. */
  public void writeSummary(String json) throws IOException {
    AtomicFile.write(path.resolve("summary.json"), json);
  }
}
