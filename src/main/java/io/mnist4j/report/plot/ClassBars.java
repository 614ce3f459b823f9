package io.mnist4j.report.plot;

import io.mnist4j.eval.ClassMetrics;
import io.mnist4j.eval.ClassificationReport;
import io.mnist4j.eval.Proportion;
import io.mnist4j.report.plot.DrawnShape.Anchor;
import io.mnist4j.report.text.NumberText;
import java.util.List;
import java.util.stream.Stream;

/** Recall and precision of each class: a bar over the 95 % interval, and a mark at the value. */
public final class ClassBars {
  private static final int WIDTH = 520;
  private static final int TOP = 62;
  private static final int ROW = 30;
  private static final int RIGHT = WIDTH - 16;
  private static final int BAR = 8;
  private static final int MAX_NAME = 18;

  private ClassBars() {}

  /** Draws two bars for each class that has images, or was said. */
  public static Drawing draw(ClassificationReport figures) {
    List<ClassMetrics> classes = figures.classes();
    int longest = classes.stream().mapToInt(row -> row.name().length()).max().orElseThrow();
    double left = 18 + PlotFrame.textWidth(Math.min(longest, MAX_NAME), PlotFrame.FONT);
    PlotFrame frame =
        new PlotFrame(
            "Recall and precision of each class, with 95 % intervals",
            left, TOP, RIGHT, TOP + ROW * classes.size());
    legend(frame, 4, Ink.BLUE, "recall: found of its images");
    legend(frame, 210, Ink.VERMILION, "precision: right of what was said");
    double lowest =
        classes.stream()
            .flatMap(row -> Stream.of(row.recall(), row.precision()))
            .filter(Proportion::known)
            .mapToDouble(Proportion::low)
            .min()
            .orElse(0);
    Axis axis = Axis.covering(lowest, 1, 6);
    frame.ruled(axis);
    double y = TOP;
    for (ClassMetrics row : classes) {
      String name = PlotFrame.shortened(row.name(), MAX_NAME);
      frame.text(left - 9, y + ROW / 2.0 + 2, name, Ink.TEXT, Anchor.END);
      bar(frame, axis, y + 2, Ink.BLUE, row.name() + ", recall", row.recall());
      bar(frame, axis, y + 13, Ink.VERMILION, row.name() + ", precision", row.precision());
      y += ROW;
    }
    ClassMetrics worst = figures.worstClass();
    String description =
        "Worst class: %s, with recall %s and an F1 of %s."
            .formatted(
                worst.name(), NumberText.share(worst.recall()), NumberText.share(worst.f1()));
    return frame.drawing("classes", description, WIDTH, frame.bottom + 28);
  }

  private static void legend(PlotFrame frame, int x, Ink ink, String text) {
    frame.add(new DrawnShape.Rectangle(x, 31, 22, 8, ink, 0.35, ""));
    frame.add(new DrawnShape.Disc(x + 11, 35, 4, ink, ""));
    frame.text(x + 28, 39, text, Ink.MUTED, Anchor.START);
  }

  private static void bar(
      PlotFrame frame, Axis axis, double y, Ink ink, String what, Proportion value) {
    if (!value.known()) {
      return;
    }
    frame.share(axis, y, BAR, 4, ink, what, value);
  }
}
