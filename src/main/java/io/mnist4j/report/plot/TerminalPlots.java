package io.mnist4j.report.plot;

import io.mnist4j.data.ImageSet;
import io.mnist4j.errors.RunFolderException;
import io.mnist4j.eval.ClassMetrics;
import io.mnist4j.eval.ClassificationReport;
import io.mnist4j.eval.Predictions;
import io.mnist4j.eval.Proportion;
import io.mnist4j.report.text.NumberText;
import io.mnist4j.run.EvaluationSummary;
import io.mnist4j.run.RunFolder;
import io.mnist4j.run.RunFormat;
import io.mnist4j.train.EpochMetrics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/**
 * Plots of Unicode's block elements, for a terminal with any colours and for a file: learning
 * curves, recall of the classes, and the most confident mistakes.
 */
public final class TerminalPlots {
  private static final String EIGHTHS_UP = " ▁▂▃▄▅▆▇█";
  private static final String EIGHTHS_RIGHT = " ▏▎▍▌▋▊▉█";
  private static final int CURVE_ROWS = 6;
  private static final int MOST_BARS = 64;
  private static final int CLASS_BAR = 40;
  private static final int IMAGE_ROWS = 2;
  private static final int GAP = 2;

  /** What the words below an image need. */
  private static final int CAPTION = 22;

  /** A pixel counts as ink from here on: half of what is black. */
  private static final int INK = 128;

  private TerminalPlots() {}

  /**
   * Draws.
   *
   * @param columns of the terminal, at least 20
   * @throws RunFolderException if the model lies in a run's folder and a file of the run is damaged
   */
  public static String of(EvaluationSummary summary, int columns) throws RunFolderException {
    StringBuilder text = new StringBuilder();
    curves(text, summary.model(), columns);
    classes(text, summary.figures(), columns);
    mistakes(text, summary, columns);
    return text.toString().replace("\n", System.lineSeparator());
  }

  /** Those of the run that the model is from, where it lies in its folder. */
  private static void curves(StringBuilder text, Path model, int columns)
      throws RunFolderException {
    RunFolder folder = RunFolder.of(model.toAbsolutePath().getParent());
    if (Files.exists(folder.metrics()) && Files.exists(folder.config())) {
      List<EpochMetrics> epochs = RunFormat.read(folder).epochs();
      curve(text, "Training loss", epochs, EpochMetrics::trainLoss, true, columns);
      curve(text, "Validation loss", epochs, EpochMetrics::validationLoss, true, columns);
      if (epochs.stream().allMatch(epoch -> epoch.trainAccuracy() != null)) {
        curve(text, "Training accuracy", epochs, EpochMetrics::trainAccuracy, false, columns);
      }
      curve(text, "Validation accuracy", epochs, EpochMetrics::validationAccuracy, false, columns);
    }
  }

  /** A bar for each epoch, or for the last of several where there are too many. */
  private static void curve(
      StringBuilder text,
      String title,
      List<EpochMetrics> epochs,
      ToDoubleFunction<EpochMetrics> figure,
      boolean fromZero,
      int columns) {
    double[] values = epochs.stream().mapToDouble(figure).toArray();
    DoubleSummaryStatistics range = DoubleStream.of(values).summaryStatistics();
    Axis whole = Axis.covering(fromZero ? 0 : range.getMin(), range.getMax(), 3);
    Axis axis = fromZero ? whole : whole.upTo(1);
    int bars = Math.min(values.length, Math.min(MOST_BARS, columns - 12));
    int width = Math.max(1, Math.min(6, (columns - 12) / bars));
    text.append('\n').append(title).append('\n');
    for (int row = CURVE_ROWS - 1; row >= 0; row--) {
      String label =
          row == CURVE_ROWS - 1 ? axis.label(axis.max()) : row == 0 ? axis.label(axis.min()) : "";
      StringBuilder line = new StringBuilder(" ".repeat(8 - label.length()) + label + " ▕");
      for (int bar = 0; bar < bars; bar++) {
        double value = values[(int) ((bar + 1L) * values.length / bars) - 1];
        double height = axis.fraction(value) * CURVE_ROWS - row;
        line.append(block(EIGHTHS_UP, height).repeat(Math.max(1, width - 1)));
        line.append(width > 1 ? " " : "");
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    text.append(
        NumberText.format(
            "          epoch 1: %.4f, epoch %d: %.4f\n",
            values[0], values.length, values[values.length - 1]));
  }

  /**
   * @param fraction of the cell that is full; anything below 0 is 0, and above 1 is 1
   */
  private static String block(String eighths, double fraction) {
    int level = (int) Math.round(8 * Math.max(0, Math.min(1, fraction)));
    return String.valueOf(eighths.charAt(level));
  }

  private static void classes(StringBuilder text, ClassificationReport figures, int columns) {
    double least =
        figures.classes().stream()
            .map(ClassMetrics::recall)
            .filter(Proportion::known)
            .mapToDouble(Proportion::value)
            .min()
            .orElse(0);
    Axis axis = Axis.covering(least, 1, 4);
    // The least bar would be empty, and empty is what a class without images has.
    axis = new Axis(Math.max(0, axis.min() - axis.step()), 1, axis.step());
    int name =
        Math.min(
            16, figures.classes().stream().mapToInt(row -> row.name().length()).max().orElse(1));
    int width = Math.max(4, Math.min(CLASS_BAR, columns - name - 12));
    text.append("\nRecall of each class, from %s to 1\n".formatted(axis.label(axis.min())));
    String pattern = "%" + name + "." + name + "s ▕%s▏ %s\n";
    for (ClassMetrics row : figures.classes()) {
      StringBuilder bar = new StringBuilder();
      double length = row.recall().known() ? axis.fraction(row.recall().value()) * width : 0;
      for (int cell = 0; cell < width; cell++) {
        bar.append(block(EIGHTHS_RIGHT, length - cell));
      }
      text.append(pattern.formatted(row.name(), bar, NumberText.share(row.recall())));
    }
  }

  private static void mistakes(StringBuilder text, EvaluationSummary summary, int columns) {
    Predictions predictions = summary.predictions();
    ImageSet images = predictions.images();
    int perRow = Math.max(1, (columns + GAP) / (cellWidth(images) + GAP));
    List<Integer> mistakes =
        predictions.mistakes().stream().limit((long) perRow * IMAGE_ROWS).toList();
    if (mistakes.isEmpty()) {
      text.append("\nNo mistakes: every image was named rightly\n");
      return;
    }
    text.append("\nThe most confident mistakes\n");
    for (int first = 0; first < mistakes.size(); first += perRow) {
      List<Integer> row = mistakes.subList(first, Math.min(mistakes.size(), first + perRow));
      List<String> lines = new ArrayList<>();
      for (int y = 0; y < images.height(); y += 2) {
        StringBuilder line = new StringBuilder();
        for (int image : row) {
          for (int x = 0; x < images.width(); x++) {
            line.append(halves(ink(images, image, x, y), ink(images, image, x, y + 1)));
          }
          line.append(" ".repeat(cellWidth(images) - images.width() + GAP));
        }
        lines.add(line.toString().stripTrailing());
      }
      // Rows that are empty in all of them say nothing.
      while (!lines.isEmpty() && lines.get(0).isEmpty()) {
        lines.remove(0);
      }
      while (!lines.isEmpty() && lines.get(lines.size() - 1).isEmpty()) {
        lines.remove(lines.size() - 1);
      }
      lines.forEach(line -> text.append(line).append('\n'));
      captions(text, summary, row);
    }
  }

  private static void captions(StringBuilder text, EvaluationSummary summary, List<Integer> row) {
    Predictions predictions = summary.predictions();
    int width = cellWidth(predictions.images());
    StringBuilder said = new StringBuilder();
    StringBuilder is = new StringBuilder();
    StringBuilder which = new StringBuilder();
    for (int image : row) {
      String confidence = NumberText.percent(predictions.confidence(image), 1);
      said.append(cell("said " + summary.saidName(image) + ", " + confidence, width));
      is.append(cell("is " + summary.className(image), width));
      which.append(cell("image " + summary.imageName(image), width));
    }
    for (StringBuilder line : List.of(said, is, which)) {
      text.append(line.toString().stripTrailing()).append('\n');
    }
    text.append('\n');
  }

  private static int cellWidth(ImageSet images) {
    return Math.max(CAPTION, images.width());
  }

  private static String cell(String content, int width) {
    String pattern = "%-" + width + "." + width + "s";
    return pattern.formatted(content) + " ".repeat(GAP);
  }

  private static boolean ink(ImageSet images, int image, int x, int y) {
    int pixel = (image * images.height() + y) * images.width() + x;
    return y < images.height() && Byte.toUnsignedInt(images.pixels()[pixel]) >= INK;
  }

  private static char halves(boolean upper, boolean lower) {
    return upper ? (lower ? '█' : '▀') : lower ? '▄' : ' ';
  }
}
