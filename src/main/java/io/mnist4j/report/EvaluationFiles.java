package io.mnist4j.report;

import io.mnist4j.eval.ClassMetrics;
import io.mnist4j.eval.ConfusionMatrix;
import io.mnist4j.eval.Predictions;
import io.mnist4j.eval.Proportion;
import io.mnist4j.files.AtomicFile;
import io.mnist4j.report.text.EvaluationText;
import io.mnist4j.run.EvaluationSummary;
import io.mnist4j.text.Csv;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

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
    StringBuilder csv =
        new StringBuilder(
            "class,images,precision,precision-low,precision-high,recall,recall-low,recall-high,f1\n");
    for (ClassMetrics metrics : classes) {
      List<Object> cells = new ArrayList<>(List.of(metrics.name(), metrics.support()));
      cells.addAll(cells(metrics.precision()));
      cells.addAll(cells(metrics.recall()));
      cells.add(Double.isNaN(metrics.f1()) ? "" : metrics.f1());
      csv.append(Csv.row(cells));
    }
    return csv.toString();
  }

  /** A share and its interval; nothing where nothing is known. */
  private static List<?> cells(Proportion proportion) {
    return proportion.known()
        ? List.of(proportion.value(), proportion.low(), proportion.high())
        : List.of("", "", "");
  }

  private static String confusion(EvaluationSummary summary) {
    List<String> names = summary.figures().classes().stream().map(ClassMetrics::name).toList();
    ConfusionMatrix matrix = summary.figures().confusion();
    List<Object> header = new ArrayList<>(List.of("class"));
    header.addAll(names);
    StringBuilder csv = new StringBuilder(Csv.row(header));
    for (int actual = 0; actual < names.size(); actual++) {
      List<Object> cells = new ArrayList<>(List.of(names.get(actual)));
      for (int said = 0; said < names.size(); said++) {
        cells.add(matrix.count(actual, said));
      }
      csv.append(Csv.row(cells));
    }
    return csv.toString();
  }

  private static String mistakes(EvaluationSummary summary) {
    Predictions predictions = summary.predictions();
    StringBuilder csv = new StringBuilder("image,class,said,confidence\n");
    for (int image : predictions.mistakes()) {
      csv.append(
          Csv.row(
              List.of(
                  summary.imageName(image),
                  summary.className(image),
                  summary.saidName(image),
                  predictions.confidence(image))));
    }
    return csv.toString();
  }
}
