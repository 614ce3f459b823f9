package io.mnist4j.report.plot;

import io.mnist4j.eval.Proportion;
import io.mnist4j.fairness.GroupFigures;
import io.mnist4j.fairness.GroupReport;
import io.mnist4j.report.plot.DrawnShape.Anchor;
import io.mnist4j.report.text.GroupText;
import java.util.Comparator;
import java.util.List;

/** The accuracy of each group: a bar over the 95 % interval, and a mark at the value. */
public final class GroupsPlot {
  /** Of more groups, the worst are drawn. */
  private static final int MOST = 40;

  private static final int WIDTH = 520;
  private static final int TOP = 40;
  private static final int ROW = 26;
  private static final int RIGHT = WIDTH - 16;
  private static final int BAR = 10;
  private static final int MAX_NAME = 24;

  private GroupsPlot() {}

  /** Draws a row for each group, and a line at the accuracy over all images. */
  public static Drawing draw(GroupReport report) {
    boolean tooMany = report.groups().size() > MOST;
    List<GroupFigures> groups =
        tooMany
            ? report.groups().stream()
                .sorted(Comparator.comparingDouble(GroupFigures::accuracy))
                .limit(MOST)
                .toList()
            : report.groups();
    List<String> names = groups.stream().map(group -> name(report, group)).toList();
    int longest = names.stream().mapToInt(String::length).max().orElseThrow();
    double left = 18 + PlotFrame.textWidth(Math.min(longest, MAX_NAME), PlotFrame.FONT);
    PlotFrame frame =
        new PlotFrame(
            "Accuracy by %s, with 95 %% intervals%s"
                .formatted(
                    PlotFrame.shortened(report.column(), MAX_NAME),
                    tooMany ? ": the worst %d".formatted(MOST) : ""),
            left,
            TOP,
            RIGHT,
            TOP + ROW * groups.size());
    double lowest =
        groups.stream().mapToDouble(group -> group.figures().accuracy().low()).min().orElse(0);
    Proportion all = report.test().figures().accuracy();
    double highest =
        groups.stream().mapToDouble(group -> group.figures().accuracy().high()).max().orElse(1);
    Axis axis = Axis.covering(lowest, Math.max(highest, all.value()), 6).upTo(1);
    frame.ruled(axis);
    double x = frame.x(axis.fraction(all.value()));
    frame.line(x, TOP - 6, x, frame.bottom, Ink.MUTED, 1.5);
    for (int row = 0; row < groups.size(); row++) {
      double y = TOP + row * ROW;
      String name = PlotFrame.shortened(names.get(row), MAX_NAME);
      frame.text(left - 9, y + ROW / 2.0 + 4, name, Ink.TEXT, Anchor.END);
      Proportion accuracy = groups.get(row).figures().accuracy();
      frame.share(axis, y + ROW / 2.0 - BAR / 2.0, BAR, 4.5, Ink.BLUE, names.get(row), accuracy);
    }
    frame.text(
        frame.x(0.5),
        frame.bottom + 36,
        "share of the images that were named rightly; the line: all images",
        Ink.MUTED,
        Anchor.MIDDLE);
    String description =
        report.gap().map(gap -> GroupText.gap(report, gap) + ".").orElse("There is one group.");
    return frame.drawing("groups", description, WIDTH, frame.bottom + 46);
  }

  private static String name(GroupReport report, GroupFigures group) {
    return report.column() + " " + group.name();
  }
}
