package io.mnist4j.report.plot;

import io.mnist4j.eval.ClassMetrics;
import io.mnist4j.eval.ClassificationReport;
import io.mnist4j.eval.ConfusionMatrix.Confusion;
import io.mnist4j.report.plot.DrawnShape.Anchor;
import io.mnist4j.report.text.NumberText;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The confusion matrix as a heat map. What is right and what is wrong have a colour each, and the
 * wrong ones a scale of their own: on a common one a thousand right answers would hide them.
 */
public final class ConfusionPlot {
  private static final int MATRIX = 460;
  private static final int TOP = 64;
  private static final int MAX_NAME = 16;

  /** From this strength on a cell is too far from the paper for the usual colour of text. */
  private static final double STRONG = 0.5;

  private static final int MIN_CELL_OF_TEXT = 24;

  private final ClassificationReport figures;
  private final List<String> names;
  private final List<Confusion> confusions;

  /** Length of a cell's side, in pixels. */
  private final double cell;

  private final double font;
  private final double nameWidth;
  private final PlotFrame frame;

  private ConfusionPlot(ClassificationReport figures) {
    this.figures = figures;
    names = figures.classes().stream().map(ClassMetrics::name).toList();
    confusions = figures.confusion().confusions();
    cell = Math.max(7, Math.min(46, (double) MATRIX / names.size()));
    font = Math.min(PlotFrame.FONT, cell * 0.9);
    int longest = names.stream().mapToInt(String::length).max().orElseThrow();
    nameWidth = PlotFrame.textWidth(Math.min(longest, MAX_NAME), font);
    double left = 36 + nameWidth;
    double extent = cell * names.size();
    frame = new PlotFrame("Confusion matrix", left, TOP, left + extent, TOP + extent);
  }

  /** Draws a cell for each pair of classes. */
  public static Drawing draw(ClassificationReport figures) {
    return new ConfusionPlot(figures).draw();
  }

  private Drawing draw() {
    frame.text(4, 36, "row: what it is; column: what was said", Ink.MUTED, Anchor.START);
    for (int actual = 0; actual < names.size(); actual++) {
      for (int said = 0; said < names.size(); said++) {
        addCell(actual, said);
      }
    }
    // Names that are wider than their column run upwards.
    boolean turned = nameWidth > cell;
    addNames(turned);
    for (int line = 0; line <= names.size(); line++) {
      double x = frame.left + line * cell;
      double y = TOP + line * cell;
      frame.line(frame.left, y, frame.right, y, Ink.GRID, 1);
      frame.line(x, TOP, x, frame.bottom, Ink.GRID, 1);
    }
    double y = frame.bottom + 22 + (turned ? nameWidth : font);
    legend(y, Ink.BLUE, "right, by share of the row");
    if (!confusions.isEmpty()) {
      legend(y + 18, Ink.VERMILION, "wrong; full strength: " + images(confusions.get(0).images()));
    }
    double width = Math.max(frame.right + 12, frame.left + 240);
    return frame.drawing("confusion", description(), width, y + 38);
  }

  private void addNames(boolean turned) {
    for (int i = 0; i < names.size(); i++) {
      String name = PlotFrame.shortened(names.get(i), MAX_NAME);
      double middle = (i + 0.5) * cell;
      double below = middle + font * 0.36;
      frame.text(frame.left - 8, TOP + below, name, Ink.TEXT, font, Anchor.END);
      if (turned) {
        frame.add(
            new DrawnShape.Label(
                frame.left + below, frame.bottom + 6, name, Ink.TEXT, font, Anchor.END, true));
      } else {
        double y = frame.bottom + font + 4;
        frame.text(frame.left + middle, y, name, Ink.TEXT, font, Anchor.MIDDLE);
      }
    }
  }

  private void legend(double y, Ink ink, String text) {
    frame.add(new DrawnShape.Rectangle(frame.left, y, 12, 12, ink, 0.9, ""));
    frame.text(frame.left + 18, y + 10, text, Ink.MUTED, Anchor.START);
  }

  private static String images(int count) {
    return count == 1 ? "1 image" : NumberText.count(count) + " images";
  }

  private void addCell(int actual, int said) {
    int count = figures.confusion().count(actual, said);
    if (count == 0) {
      return;
    }
    boolean right = actual == said;
    // The root lets the eye see one image beside thirty.
    double strength =
        right
            ? 0.9 * figures.classes().get(actual).recall().value()
            : 0.12 + 0.78 * Math.sqrt((double) count / confusions.get(0).images());
    String tip =
        right
            ? "%s: %s right".formatted(names.get(actual), NumberText.count(count))
            : "%s taken for %s: %s".formatted(names.get(actual), names.get(said), images(count));
    double x = frame.left + said * cell;
    double y = TOP + actual * cell;
    Ink ink = right ? Ink.BLUE : Ink.VERMILION;
    frame.add(new DrawnShape.Rectangle(x, y, cell, cell, ink, strength, tip));
    if (cell >= MIN_CELL_OF_TEXT) {
      String text = String.valueOf(count);
      double size = Math.min(PlotFrame.FONT, cell / (text.length() * 0.62));
      Ink onInk = strength < STRONG ? Ink.TEXT : right ? Ink.PAPER : Ink.BLACK;
      frame.text(x + cell / 2, y + cell / 2 + size * 0.36, text, onInk, size, Anchor.MIDDLE);
    }
  }

  private String description() {
    return confusions.isEmpty()
        ? "Nothing was confused."
        : confusions.stream()
            .limit(3)
            .map(
                confusion ->
                    "%s taken for %s (%s)"
                        .formatted(
                            names.get(confusion.actual()),
                            names.get(confusion.said()),
                            NumberText.count(confusion.images())))
            .collect(Collectors.joining("; ", "Most often confused: ", "."));
  }
}
