package io.mnist4j.report.plot;

import io.mnist4j.eval.ClassMetrics;
import io.mnist4j.eval.ClassificationReport;
import io.mnist4j.eval.ConfusionMatrix;
import io.mnist4j.eval.ConfusionMatrix.Confusion;
import io.mnist4j.report.plot.DrawnShape.Anchor;
import io.mnist4j.report.text.NumberText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The confusion matrix as a heat map. What is right and what is wrong have a colour each, and the
 * wrong ones a scale of their own: on a common one a thousand right answers would hide them.
 */
public final class ConfusionPlot {
  private static final int MATRIX = 460;
  private static final int TOP = 64;
  private static final double FONT = 12;

  /** From this strength on a cell is too far from the paper for the usual colour of text. */
  private static final double STRONG = 0.5;

  private static final int MIN_CELL_OF_TEXT = 24;

  private ConfusionPlot() {}

  public static Drawing draw(ClassificationReport figures) {
    ConfusionMatrix matrix = figures.confusion();
    List<String> names = figures.classes().stream().map(ClassMetrics::name).toList();
    List<Confusion> confusions = matrix.confusions();
    int most = confusions.isEmpty() ? 1 : confusions.get(0).images();
    double cell = Math.max(7, Math.min(46, (double) MATRIX / names.size()));
    double font = Math.min(FONT, cell * 0.9);
    int longest = names.stream().mapToInt(String::length).max().orElseThrow();
    double left = 36 + Math.min(longest, 16) * font * 0.58;
    List<DrawnShape> shapes = new ArrayList<>();
    shapes.add(new DrawnShape.Label(4, 16, "Confusion matrix", Ink.TEXT, 14, Anchor.START));
    shapes.add(
        new DrawnShape.Label(
            4, 36, "row: what it is; column: what was said", Ink.MUTED, FONT, Anchor.START));
    double extent = cell * names.size();
    double bottom = TOP + extent;
    for (int actual = 0; actual < names.size(); actual++) {
      double y = TOP + actual * cell;
      shapes.add(
          new DrawnShape.Label(
              left - 8,
              y + cell / 2 + font * 0.36,
              shortened(names.get(actual), 16),
              Ink.TEXT,
              font,
              Anchor.END));
      for (int said = 0; said < names.size(); said++) {
        addCell(shapes, figures, actual, said, left + said * cell, y, cell, most);
      }
    }
    // Names that are wider than their column run upwards.
    boolean turned = longest * font * 0.56 > cell;
    for (int said = 0; said < names.size(); said++) {
      double x = left + (said + 0.5) * cell;
      String name = shortened(names.get(said), 16);
      shapes.add(
          turned
              ? new DrawnShape.Label(
                  x + font * 0.36, bottom + 6, name, Ink.TEXT, font, Anchor.END, true)
              : new DrawnShape.Label(x, bottom + font + 4, name, Ink.TEXT, font, Anchor.MIDDLE));
    }
    for (int line = 0; line <= names.size(); line++) {
      double at = line * cell;
      shapes.add(DrawnShape.Line.of(left, TOP + at, left + extent, TOP + at, Ink.GRID, 1));
      shapes.add(DrawnShape.Line.of(left + at, TOP, left + at, bottom, Ink.GRID, 1));
    }
    double y = bottom + 22 + (turned ? Math.min(longest, 16) * font * 0.58 : font);
    legend(shapes, left, y, Ink.BLUE, "right, by share of the row");
    if (!confusions.isEmpty()) {
      legend(
          shapes, left, y + 18, Ink.VERMILION, "wrong; full strength: %s".formatted(images(most)));
    }
    int width = (int) Math.ceil(Math.max(left + extent + 12, left + 240));
    return new Drawing(
        "confusion",
        "Confusion matrix",
        description(names, confusions),
        width,
        (int) Math.ceil(y + 38),
        shapes);
  }

  private static void legend(List<DrawnShape> shapes, double x, double y, Ink ink, String text) {
    shapes.add(new DrawnShape.Rectangle(x, y, 12, 12, ink, 0.9, ""));
    shapes.add(new DrawnShape.Label(x + 18, y + 10, text, Ink.MUTED, FONT, Anchor.START));
  }

  private static String images(int count) {
    return count == 1 ? "1 image" : NumberText.count(count) + " images";
  }

  private static void addCell(
      List<DrawnShape> shapes,
      ClassificationReport figures,
      int actual,
      int said,
      double x,
      double y,
      double cell,
      int most) {
    int count = figures.confusion().count(actual, said);
    if (count == 0) {
      return;
    }
    boolean right = actual == said;
    // The root lets the eye see one image beside thirty.
    double strength =
        right
            ? 0.9 * figures.classes().get(actual).recall().value()
            : 0.12 + 0.78 * Math.sqrt((double) count / most);
    String tip =
        right
            ? "%s: %s right"
                .formatted(figures.classes().get(actual).name(), NumberText.count(count))
            : "%s taken for %s: %s"
                .formatted(
                    figures.classes().get(actual).name(),
                    figures.classes().get(said).name(),
                    images(count));
    shapes.add(
        new DrawnShape.Rectangle(
            x, y, cell, cell, right ? Ink.BLUE : Ink.VERMILION, strength, tip));
    if (cell >= MIN_CELL_OF_TEXT) {
      String text = String.valueOf(count);
      double font = Math.min(FONT, cell / (text.length() * 0.62));
      shapes.add(
          new DrawnShape.Label(
              x + cell / 2,
              y + cell / 2 + font * 0.36,
              text,
              strength < STRONG ? Ink.TEXT : right ? Ink.PAPER : Ink.BLACK,
              font,
              Anchor.MIDDLE));
    }
  }

  private static String description(List<String> names, List<Confusion> confusions) {
    if (confusions.isEmpty()) {
      return "Nothing was confused.";
    }
    StringBuilder text = new StringBuilder("Most often confused: ");
    for (Confusion confusion : confusions.subList(0, Math.min(3, confusions.size()))) {
      text.append(
          String.format(
              Locale.ROOT,
              "%s taken for %s (%,d); ",
              names.get(confusion.actual()),
              names.get(confusion.said()),
              confusion.images()));
    }
    return text.substring(0, text.length() - 2) + ".";
  }

  private static String shortened(String name, int characters) {
    return name.length() <= characters ? name : name.substring(0, characters - 1) + "…";
  }
}
