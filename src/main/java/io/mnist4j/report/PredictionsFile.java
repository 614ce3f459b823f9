package io.mnist4j.report;

import io.mnist4j.eval.ClassMetrics;
import io.mnist4j.eval.Predictions;
import io.mnist4j.files.AtomicFile;
import io.mnist4j.run.EvaluationSummary;
import io.mnist4j.text.Csv;
import io.mnist4j.text.Json;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a model says of each image of a set, in a file: a table ({@code .csv}), or an object on each
 * line ({@code .jsonl}). Images are named by their file or their number from 0, classes by their
 * names; the numbers are the outputs of the network, which with softmax are probabilities.
 */
public final class PredictionsFile {
  private static final String TABLE = ".csv";
  private static final String LINES = ".jsonl";

  private PredictionsFile() {}

  /** Whether a file's name says one of the formats. */
  public static boolean isOne(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    return name.endsWith(TABLE) || name.endsWith(LINES);
  }

  /**
   * Writes all of them, or nothing.
   *
   * @param file whose name says the format
   * @throws IOException if it cannot be written
   */
  public static void write(EvaluationSummary summary, Path file) throws IOException {
    boolean probabilities = summary.predictions().areProbabilities();
    boolean table = file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(TABLE);
    AtomicFile.write(
        file,
        temporary -> {
          try (Writer writer = Files.newBufferedWriter(temporary)) {
            if (table) {
              writer.write(head(summary, probabilities));
            }
            for (int image = 0; image < summary.predictions().size(); image++) {
              writer.write(table ? row(summary, image) : line(summary, image, probabilities));
            }
          }
        });
  }

  private static String head(EvaluationSummary summary, boolean probabilities) {
    List<String> cells = new ArrayList<>(List.of("image", "label", "predicted"));
    String what = probabilities ? "probability-" : "output-";
    for (ClassMetrics each : summary.figures().classes()) {
      cells.add(what + each.name());
    }
    return Csv.row(cells);
  }

  private static String row(EvaluationSummary summary, int image) {
    Predictions predictions = summary.predictions();
    List<Object> cells =
        new ArrayList<>(
            List.of(summary.imageName(image), summary.className(image), summary.saidName(image)));
    for (int label = 0; label < predictions.classes(); label++) {
      cells.add(predictions.output(image, label));
    }
    return Csv.row(cells);
  }

  private static String line(EvaluationSummary summary, int image, boolean probabilities) {
    Predictions predictions = summary.predictions();
    Map<String, Object> outputs = new LinkedHashMap<>();
    List<ClassMetrics> classes = summary.figures().classes();
    for (int label = 0; label < classes.size(); label++) {
      outputs.put(classes.get(label).name(), predictions.output(image, label));
    }
    Map<String, Object> document = new LinkedHashMap<>();
    // A number where it is one, so that it need not be parsed.
    document.put(
        "image", summary.imageNames().isEmpty() ? (Object) image : summary.imageName(image));
    document.put("label", summary.className(image));
    document.put("predicted", summary.saidName(image));
    document.put(probabilities ? "probabilities" : "outputs", outputs);
    return Json.line(document) + "\n";
  }
}
