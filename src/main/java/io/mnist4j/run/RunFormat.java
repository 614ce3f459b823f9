package io.mnist4j.run;

import io.mnist4j.errors.RunFolderException;
import io.mnist4j.files.AtomicFile;
import io.mnist4j.files.FileProblem;
import io.mnist4j.text.Csv;
import io.mnist4j.text.Json;
import io.mnist4j.train.EpochMetrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads and writes {@code metrics.csv} and {@code summary.json}, of runs and of trials. */
public final class RunFormat {
  private static final List<String> COLUMNS =
      List.of("epoch", "trainLoss", "validationLoss", "validationAccuracy", "seconds");

  private RunFormat() {}

  /** Writes {@code metrics.csv}: a line for each epoch, losses and accuracy with six decimals. */
  public static void writeMetrics(RunFolder folder, List<EpochMetrics> epochs) throws IOException {
    StringBuilder csv = new StringBuilder(Csv.row(COLUMNS));
    for (EpochMetrics epoch : epochs) {
      csv.append(
          String.format(
              Locale.ROOT,
              "%d,%.6f,%.6f,%.6f,%.3f\n",
              epoch.epoch(),
              epoch.trainLoss(),
              epoch.validationLoss(),
              epoch.validationAccuracy(),
              epoch.seconds()));
    }
    AtomicFile.write(folder.metrics(), csv.toString());
  }

  /** The text of {@code summary.json}. */
  static String summary(RunSummary run) {
    return Json.pretty(SummaryFile.of(run));
  }

  /** Writes {@code summary.json}. */
  static void writeSummary(RunFolder folder, RunSummary run) throws IOException {
    AtomicFile.write(folder.summary(), summary(run));
  }

  /**
   * Reads {@code summary.json}.
   *
   * @throws RunFolderException if it is missing or damaged
   */
  static SummaryFile readSummary(Path file) throws RunFolderException {
    String text = text(file);
    try {
      return Json.parse(text, SummaryFile.class);
    } catch (IllegalArgumentException e) {
      String separator = e.getMessage().startsWith("is ") ? " " : ": ";
      throw new RunFolderException(file + separator + e.getMessage(), e);
    }
  }

  /**
   * Reads the text files of a run.
   *
   * @throws RunFolderException if the folder is not a run's with at least one epoch, or a file in
   *     it is damaged
   */
  public static SavedRun read(RunFolder folder) throws RunFolderException {
    Path path = folder.path();
    if (!Files.isDirectory(path)) {
      throw new RunFolderException(
          Files.exists(path)
              ? path + " is a file; name the folder of a run"
              : path + ": no such run; `mnist4j train` writes runs/NAME");
    }
    if (!Files.exists(folder.config()) || !Files.exists(folder.metrics())) {
      throw new RunFolderException(
          path
              + " is no run with an epoch to show: it has no config.yaml or no metrics.csv;"
              + " `mnist4j train` writes runs/NAME");
    }
    Optional<SummaryFile> result = Optional.empty();
    if (Files.exists(folder.summary())) {
      result = Optional.of(readSummary(folder.summary()));
    }
    return new SavedRun(
        folder,
        path.toAbsolutePath().normalize().getFileName().toString(),
        text(folder.config()),
        readMetrics(folder.metrics()),
        result);
  }

  private static List<EpochMetrics> readMetrics(Path file) throws RunFolderException {
    List<EpochMetrics> epochs = new ArrayList<>();
    List<String> lines = text(file).lines().toList();
    for (int i = 1; i < lines.size(); i++) {
      String[] cells = lines.get(i).split(",", -1);
      try {
        epochs.add(
            new EpochMetrics(
                Integer.parseInt(cells[0]),
                finite(cells[1]),
                finite(cells[2]),
                finite(cells[3]),
                finite(cells[4])));
      } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
        throw new RunFolderException(
            "%s:%d: expected five numbers, found '%s'".formatted(file, i + 1, lines.get(i)), e);
      }
    }
    if (epochs.isEmpty()) {
      throw new RunFolderException(file + ": the run has no epoch to show yet");
    }
    return epochs;
  }

  private static double finite(String cell) {
    double value = Double.parseDouble(cell);
    if (!Double.isFinite(value)) {
      throw new NumberFormatException(cell);
    }
    return value;
  }

  private static String text(Path file) throws RunFolderException {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new RunFolderException("cannot read %s: %s".formatted(file, FileProblem.reason(e)), e);
    }
  }
}
