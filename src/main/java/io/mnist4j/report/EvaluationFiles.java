package io.mnist4j.report;

import io.mnist4j.eval.ClassMetrics;
import io.mnist4j.eval.ConfusionMatrix;
import io.mnist4j.eval.Predictions;
import io.mnist4j.eval.Proportion;
import io.mnist4j.files.AtomicFile;
import io.mnist4j.report.text.EvaluationText;
import io.mnist4j.run.EvaluationSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The test of a model as files, for people, programs and spreadsheets. */
public final class EvaluationFiles {
  private EvaluationFiles() {}

  /**
   * Writes {@code evaluation.txt}, {@code evaluation.json}, {@code classes.csv}, {@code
   * confusion.csv} (rows: what it is; columns: what was said) and {@code mistakes.csv} (the most
   * confident first).
   *
   * @param folder is made if it is not there; files of these names in it are replaced
   * @throws IOException if something cannot be written
   */
  public static void write(EvaluationSummary summary, Path folder) throws IOException {
    Files.createDirectories(folder);
    AtomicFile.write(folder.resolve("evaluation.txt"), EvaluationText.of(summary));
    AtomicFile.write(folder.resolve("evaluation.json"), summary.toJson());
    AtomicFile.write(folder.resolve("classes.csv"), classes(summary.figures().classes()));
    AtomicFile.write(folder.resolve("confusion.csv"), confusion(summary));
    AtomicFile.write(folder.resolve("mistakes.csv"), mistakes(summary));
  }

  private static String classes(List<ClassMetrics> classes) {
    StringBuilder csv = new StringBuilder();
    row(
        csv,
        Stream.of(
            "class",
            "images",
            "precision",
            "precisionLow",
            "precisionHigh",
            "recall",
            "recallLow",
            "recallHigh",
            "f1"));
    for (ClassMetrics metrics : classes) {
      row(
          csv,
          Stream.of(
                  Stream.of(metrics.name(), String.valueOf(metrics.support())),
                  cells(metrics.precision()),
                  cells(metrics.recall()),
                  Stream.of(cell(metrics.f1())))
              .flatMap(cells -> cells));
    }
    return csv.toString();
  }

  /** A share and its interval; nothing where nothing is known. */
  private static Stream<String> cells(Proportion proportion) {
    return proportion.known()
        ? Stream.of(proportion.value(), proportion.low(), proportion.high()).map(String::valueOf)
        : Stream.of("", "", "");
  }

  private static String cell(double value) {
    return Double.isNaN(value) ? "" : String.valueOf(value);
  }

  private static String confusion(EvaluationSummary summary) {
    List<String> names = summary.figures().classes().stream().map(ClassMetrics::name).toList();
    ConfusionMatrix matrix = summary.figures().confusion();
    StringBuilder csv = new StringBuilder();
    row(csv, Stream.concat(Stream.of("class"), names.stream()));
    for (int actual = 0; actual < names.size(); actual++) {
      StringBuilder counts = new StringBuilder();
      for (int said = 0; said < names.size(); said++) {
        counts.append(',').append(matrix.count(actual, said));
      }
      csv.append(quoted(names.get(actual))).append(counts).append('\n');
    }
    return csv.toString();
  }

  private static String mistakes(EvaluationSummary summary) {
    Predictions predictions = summary.predictions();
    StringBuilder csv = new StringBuilder();
    row(csv, Stream.of("image", "class", "said", "confidence"));
    for (int image : predictions.mistakes()) {
      row(
          csv,
          Stream.of(
              summary.imageName(image),
              summary.className(image),
              summary.saidName(image),
              String.valueOf(predictions.confidence(image))));
    }
    return csv.toString();
  }

  private static void row(StringBuilder csv, Stream<String> cells) {
    csv.append(cells.map(EvaluationFiles::quoted).collect(Collectors.joining(","))).append('\n');
  }

  /** As RFC 4180 has it. */
  private static String quoted(String cell) {
    return cell.matches("[^\",\\r\\n]*") ? cell : '"' + cell.replace("\"", "\"\"") + '"';
  }
}
