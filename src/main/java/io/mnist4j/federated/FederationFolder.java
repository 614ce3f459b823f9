package io.mnist4j.federated;

import io.mnist4j.errors.RunFolderException;
import io.mnist4j.files.AtomicFile;
import io.mnist4j.run.RunFolder;
import io.mnist4j.run.RunFormat;
import io.mnist4j.text.Csv;
import io.mnist4j.text.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The folder of a simulated federation: a run's, with {@code rounds.csv} in place of {@code
 * metrics.csv}.
 */
public record FederationFolder(RunFolder run) {
  private static final List<String> COLUMNS =
      List.of(
          "round",
          "accuracy",
          "loss",
          "train-loss",
          "clients",
          "answered",
          "bytes-down",
          "bytes-up",
          "epsilon",
          "seconds");

  /** A folder that an earlier federation made. */
  public static FederationFolder of(Path path) {
    return new FederationFolder(RunFolder.of(path));
  }

  /** Whether a folder is that of a federation. */
  public static boolean isOne(Path path) {
    return Files.isRegularFile(of(path).rounds());
  }

  /** What a folder has from the beginning, so that one that is killed can go on. */
  public static AtomicFile.ContentWriter begun(Federation federation) {
    return path -> {
      FederationFolder folder = of(path);
      AtomicFile.write(folder.run.config(), FederationFile.toYaml(federation));
      folder.writeRounds(List.of());
    };
  }

  public Path path() {
    return run.path();
  }

  /** A line for each round. */
  public Path rounds() {
    return run.path().resolve("rounds.csv");
  }

  /** Writes {@code rounds.csv}. */
  void writeRounds(List<RoundMetrics> rounds) throws IOException {
    StringBuilder csv = new StringBuilder(Csv.row(COLUMNS));
    for (RoundMetrics round : rounds) {
      csv.append(
          String.format(
              Locale.ROOT,
              "%d,%.6f,%.6f,%s,%d,%d,%d,%d,%s,%.3f\n",
              round.round(),
              round.accuracy(),
              round.loss(),
              cell(round.trainLoss()),
              round.clients(),
              round.answered(),
              round.bytesDown(),
              round.bytesUp(),
              cell(round.epsilon()),
              round.seconds()));
    }
    AtomicFile.write(rounds(), csv.toString());
  }

  private static String cell(Double value) {
    return value == null ? "" : String.format(Locale.ROOT, "%.6f", value);
  }

  /**
   * Reads {@code rounds.csv}.
   *
   * @throws RunFolderException if it is missing or damaged
   */
  public List<RoundMetrics> readRounds() throws RunFolderException {
    List<String> lines = RunFormat.text(rounds()).lines().toList();
    if (lines.isEmpty() || !Csv.cells(lines.get(0)).equals(COLUMNS)) {
      throw new RunFolderException(
          "%s:1: expected the columns %s".formatted(rounds(), String.join(", ", COLUMNS)));
    }
    List<RoundMetrics> rounds = new ArrayList<>();
    for (int i = 1; i < lines.size(); i++) {
      String[] cells = lines.get(i).split(",", -1);
      try {
        if (cells.length != COLUMNS.size()) {
          throw new NumberFormatException(cells.length + " cells");
        }
        rounds.add(metrics(cells));
      } catch (NumberFormatException e) {
        throw new RunFolderException(
            "%s:%d: expected %d numbers, found '%s'"
                .formatted(rounds(), i + 1, COLUMNS.size(), lines.get(i)),
            e);
      }
    }
    return rounds;
  }

  private static RoundMetrics metrics(String... cells) {
    return new RoundMetrics(
        Integer.parseInt(cells[0]),
        Csv.number(cells[1]),
        Csv.number(cells[2]),
        Csv.numberIfAny(cells[3]),
        Integer.parseInt(cells[4]),
        Integer.parseInt(cells[5]),
        Long.parseLong(cells[6]),
        Long.parseLong(cells[7]),
        Csv.numberIfAny(cells[8]),
        Csv.number(cells[9]));
  }

  /**
   * Reads {@code summary.json}.
   *
   * @throws RunFolderException if it is missing or damaged
   */
  public FederationSummary readSummary() throws RunFolderException {
    try {
      return Json.parse(RunFormat.text(run.summary()), FederationSummary.class);
    } catch (IllegalArgumentException e) {
      throw new RunFolderException("%s: %s".formatted(run.summary(), e.getMessage()), e);
    }
  }
}
