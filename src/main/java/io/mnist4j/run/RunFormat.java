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
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Reads and writes {@code metrics.csv} and {@code summary.json}, of runs and of trials. */
public final class RunFormat {
  /** The columns that every {@code metrics.csv} has. */
  private static final List<String> COLUMNS =
      List.of("epoch", "train-loss", "validation-loss", "validation-accuracy", "seconds");

  /** Those that older versions did not write. */
  private static final List<String> LATER_COLUMNS = List.of("train-accuracy", "learning-rate");

  /** The column where the machine shows its energy. */
  private static final String ENERGY = "energy-joules";

  /** What private trainings alone have. */
  private static final String EPSILON = "epsilon";

  private RunFormat() {}

  /**
   * Writes {@code metrics.csv}: a line for each epoch, losses and accuracies with six decimals.
   * What an older version has not measured is empty, and has no column where no epoch has it.
   */
  public static void writeMetrics(RunFolder folder, List<EpochMetrics> epochs) throws IOException {
    boolean later =
        epochs.stream().anyMatch(e -> e.trainAccuracy() != null || e.learningRate() != null);
    List<String> columns = new ArrayList<>(COLUMNS);
    columns.addAll(later ? LATER_COLUMNS : List.of());
    boolean energy = epochs.stream().anyMatch(e -> e.energyJoules() != null);
    columns.addAll(energy ? List.of(ENERGY) : List.of());
    boolean isPrivate = epochs.stream().anyMatch(e -> e.epsilon() != null);
    columns.addAll(isPrivate ? List.of(EPSILON) : List.of());
    StringBuilder csv = new StringBuilder(Csv.row(columns));
    for (EpochMetrics epoch : epochs) {
      csv.append(
          String.format(
              Locale.ROOT,
              "%d,%.6f,%.6f,%.6f,%.3f%s%s%s%s\n",
              epoch.epoch(),
              epoch.trainLoss(),
              epoch.validationLoss(),
              epoch.validationAccuracy(),
              epoch.seconds(),
              later ? cell(",%.6f", epoch.trainAccuracy()) : "",
              later ? cell(",%.6g", epoch.learningRate()) : "",
              energy ? cell(",%.6f", epoch.energyJoules()) : "",
              isPrivate ? cell(",%.6f", epoch.epsilon()) : ""));
    }
    AtomicFile.write(folder.metrics(), csv.toString());
  }

  private static String cell(String pattern, Double value) {
    return value == null ? "," : String.format(Locale.ROOT, pattern, value);
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
  public static SummaryFile readSummary(Path file) throws RunFolderException {
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
    // Versions before 0.2.0 wrote trainLoss for train-loss.
    List<String> columns =
        lines.isEmpty()
            ? List.of()
            : Arrays.stream(lines.get(0).split(",", -1)).map(Json::kebabCase).toList();
    if (!columns.containsAll(COLUMNS)) {
      throw new RunFolderException(
          "%s:1: expected the columns %s, found '%s'"
              .formatted(file, String.join(", ", COLUMNS), String.join(",", columns)));
    }
    for (int i = 1; i < lines.size(); i++) {
      List<String> cells = List.of(lines.get(i).split(",", -1));
      try {
        epochs.add(metrics(columns, cells));
      } catch (NumberFormatException e) {
        throw new RunFolderException(
            "%s:%d: expected %d numbers, found '%s'"
                .formatted(file, i + 1, columns.size(), lines.get(i)),
            e);
      }
    }
    if (epochs.isEmpty()) {
      throw new RunFolderException(file + ": the run has no epoch to show yet");
    }
    return epochs;
  }

  private static EpochMetrics metrics(List<String> columns, List<String> cells) {
    if (cells.size() != columns.size()) {
      throw new NumberFormatException(cells.size() + " cells");
    }
    UnaryOperator<String> cell = name -> cells.get(columns.indexOf(name));
    return new EpochMetrics(
        Integer.parseInt(cell.apply("epoch")),
        Csv.number(cell.apply("train-loss")),
        Csv.number(cell.apply("validation-loss")),
        Csv.number(cell.apply("validation-accuracy")),
        Csv.number(cell.apply("seconds")),
        columns.contains("train-accuracy") ? Csv.numberIfAny(cell.apply("train-accuracy")) : null,
        columns.contains("learning-rate") ? Csv.numberIfAny(cell.apply("learning-rate")) : null,
        columns.contains(ENERGY) ? Csv.numberIfAny(cell.apply(ENERGY)) : null,
        columns.contains(EPSILON) ? Csv.numberIfAny(cell.apply(EPSILON)) : null,
        0,
        0);
  }

  /**
   * The content of a file of a run.
   *
   * @throws RunFolderException if it cannot be read
   */
  public static String text(Path file) throws RunFolderException {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new RunFolderException("cannot read %s: %s".formatted(file, FileProblem.reason(e)), e);
    }
  }
}
