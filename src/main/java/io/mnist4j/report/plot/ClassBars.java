package io.mnist4j.report.plot;

import io.mnist4j.eval.ClassMetrics;
import io.mnist4j.eval.ClassificationReport;
import io.mnist4j.eval.Proportion;
import io.mnist4j.report.plot.DrawnShape.Anchor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Recall and precision of each class: a bar over the 95 % interval, and a mark at the value. */
public final class ClassBars {
  private static final int WIDTH = 520;
  private static final int TOP = 62;
  private static final int ROW = 30;
  private static final int RIGHT = 16;
  private static final double FONT = 12;

  private ClassBars() {}

  public static Drawing draw(ClassificationReport figures) {
    List<ClassMetrics> classes = figures.classes();
    int longest = classes.stream().mapToInt(row -> row.name().length()).max().orElseThrow();
    int left = (int) (18 + Math.min(longest, 18) * FONT * 0.58);
    int bottom = TOP + ROW * classes.size();
    Axis axis =
        Axis.covering(
            classes.stream()
                .flatMap(row -> Stream.of(row.recall(), row.precision()))
                .filter(Proportion::known)
                .mapToDouble(Proportion::low)
                .min()
                .orElse(0),
            1,
            6);
    List<DrawnShape> shapes = new ArrayList<>();
    shapes.add(
        new DrawnShape.Label(4, 16, "Classes, with 95 % intervals", Ink.TEXT, 14, Anchor.START));
    legend(shapes, 4, Ink.BLUE, "recall: found of its images");
    legend(shapes, 210, Ink.VERMILION, "precision: right of what was said");
    for (double mark : axis.marks()) {
      double x = left + axis.fraction(mark) * (WIDTH - RIGHT - left);
      shapes.add(DrawnShape.Line.of(x, TOP - 6, x, bottom, Ink.GRID, 1));
      shapes.add(
          new DrawnShape.Label(x, bottom + 16, axis.label(mark), Ink.MUTED, FONT, Anchor.MIDDLE));
    }
    for (int i = 0; i < classes.size(); i++) {
      ClassMetrics row = classes.get(i);
      double y = TOP + i * ROW;
      String name = row.name().length() > 18 ? row.name().substring(0, 17) + "…" : row.name();
      shapes.add(
          new DrawnShape.Label(left - 9, y + ROW / 2.0 + 2, name, Ink.TEXT, FONT, Anchor.END));
      bar(shapes, axis, left, y + 2, Ink.BLUE, row.name() + ", recall", row.recall());
      bar(shapes, axis, left, y + 13, Ink.VERMILION, row.name() + ", precision", row.precision());
    }
    ClassMetrics worst = figures.worstClass();
    String description =
        String.format(
            Locale.ROOT,
            "Worst class: %s, with recall %.4f and an F1 of %.4f.",
            worst.name(),
            worst.recall().value(),
            worst.f1());
    return new Drawing(
        "classes", "Recall and precision of each class", description, WIDTH, bottom + 26, shapes);
  }

  private static void legend(List<DrawnShape> shapes, int x, Ink ink, String text) {
    shapes.add(new DrawnShape.Rectangle(x, 31, 22, 8, ink, 0.35, ""));
    shapes.add(new DrawnShape.Disc(x + 11, 35, 4, ink, ""));
    shapes.add(new DrawnShape.Label(x + 28, 39, text, Ink.MUTED, FONT, Anchor.START));
  }

  private static void bar(
      List<DrawnShape> shapes,
      Axis axis,
      int left,
      double y,
      Ink ink,
      String what,
      Proportion value) {
    if (!value.known()) {
      return;
    }
    double scale = WIDTH - RIGHT - left;
    double from = left + axis.fraction(value.low()) * scale;
    double to = left + axis.fraction(value.high()) * scale;
    String tip =
        String.format(
            Locale.ROOT,
            "%s: %.4f (95 %% interval %.4f to %.4f)",
            what,
            value.value(),
            value.low(),
            value.high());
    shapes.add(new DrawnShape.Rectangle(from, y, to - from, 8, ink, 0.35, tip));
    shapes.add(
        new DrawnShape.Disc(left + axis.fraction(value.value()) * scale, y + 4, 4, ink, tip));
  }
}
