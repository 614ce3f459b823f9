package io.mnist4j.report.text;

import io.mnist4j.eval.Calibration;
import io.mnist4j.eval.ClassMetrics;
import io.mnist4j.fairness.BootstrapEstimate;
import io.mnist4j.fairness.GroupFigures;
import io.mnist4j.fairness.GroupGap;
import io.mnist4j.fairness.GroupReport;
import io.mnist4j.fairness.WriterFigures;
import java.util.Comparator;
import java.util.List;

/** The test of a model by groups, as plain text. */
public final class GroupText {
  /** More groups than these are too long for a terminal. */
  private static final int MOST = 20;

  private static final int WRITERS = 10;
  private static final int MAX_NAME = 20;

  private GroupText() {}

  /** An empty line, a table of the groups, the gap and the worst writers. */
  public static String of(GroupReport report) {
    StringBuilder text = new StringBuilder();
    text.append('\n');
    groups(text, report);
    report.gap().ifPresent(gap -> gap(text, report, gap));
    if (!report.writers().isEmpty() && !report.column().equals("writer")) {
      text.append('\n');
      writers(text, report);
    }
    return text.toString().replace("\n", System.lineSeparator());
  }

  private static void groups(StringBuilder text, GroupReport report) {
    List<GroupFigures> all = report.groups();
    boolean tooMany = all.size() > MOST;
    List<GroupFigures> shown =
        tooMany
            ? all.stream()
                .sorted(Comparator.comparingDouble(GroupFigures::accuracy))
                .limit(MOST)
                .toList()
            : all;
    int width =
        Math.max(
            shown.stream().mapToInt(group -> group.name().length()).max().orElse(0),
            report.column().length());
    width = Math.min(MAX_NAME, Math.max(5, width));
    String pattern = "%-" + width + "." + width + "s  %7s  %7s  %8s  %-13s  %11s  %s";
    line(
        text,
        pattern,
        report.column(),
        "images",
        "writers",
        "accuracy",
        "95 %",
        "calibration",
        "worst class");
    for (GroupFigures group : shown) {
      ClassMetrics worst = group.figures().worstClass();
      line(
          text,
          pattern,
          group.name(),
          NumberText.count(group.figures().images()),
          group.writers() == 0 ? "-" : NumberText.count(group.writers()),
          NumberText.share(group.figures().accuracy()),
          NumberText.interval(group.figures().accuracy()),
          NumberText.share(
              group.figures().calibration().map(Calibration::error).orElse(Double.NaN)),
          "%s (F1 %s)".formatted(worst.name(), NumberText.share(worst.f1())));
    }
    if (tooMany) {
      line(
          text,
          "… the worst %d of %s; --output DIR writes all",
          MOST,
          NumberText.count(all.size()));
    }
  }

  private static void gap(StringBuilder text, GroupReport report, GroupGap gap) {
    line(text, "Gap: %s", gap(report, gap));
    line(text, "Ratio: %s", ratio(gap));
    line(text, "Intervals: %s", intervals(report, gap));
  }

  /** {@code 1.18 points between hsf 0 and hsf 4 (95 % interval 0.44 to 1.86)}. */
  public static String gap(GroupReport report, GroupGap gap) {
    BootstrapEstimate difference = gap.difference();
    return NumberText.format(
        "%.2f points of accuracy between %s %s and %s %s (95 %% interval %.2f to %.2f)",
        100 * difference.value(),
        report.column(),
        gap.best(),
        report.column(),
        gap.worst(),
        100 * difference.low(),
        100 * difference.high());
  }

  /** The ratios of accuracies and of errors. */
  public static String ratio(GroupGap gap) {
    String errors =
        gap.errorRatio()
            .map(
                ratio ->
                    NumberText.format(
                        "; %.2f times as many errors (%.2f to %.2f)",
                        ratio.value(), ratio.low(), ratio.high()))
            .orElse("; the best has no errors");
    return NumberText.format(
            "%.4f of the best group's accuracy (%.4f to %.4f)",
            gap.ratio().value(), gap.ratio().low(), gap.ratio().high())
        + errors;
  }

  /** What the intervals are of. */
  public static String intervals(GroupReport report, GroupGap gap) {
    return "of the groups Wilson's; of gap and ratio the bootstrap over %s %s"
        .formatted(NumberText.count(gap.clusters()), report.byWriter() ? "writers" : "images");
  }

  private static void writers(StringBuilder text, GroupReport report) {
    String pattern = "%-10.10s  %-10.10s  %6s  %6s  %8s  %s";
    line(text, pattern, "writer", report.column(), "images", "wrong", "accuracy", "95 %");
    for (WriterFigures writer : report.writers().stream().limit(WRITERS).toList()) {
      line(
          text,
          pattern,
          writer.writer(),
          writer.group(),
          writer.accuracy().trials(),
          writer.accuracy().trials() - writer.accuracy().successes(),
          NumberText.share(writer.accuracy()),
          NumberText.interval(writer.accuracy()));
    }
  }

  private static void line(StringBuilder text, String pattern, Object... values) {
    text.append(NumberText.format(pattern, values).stripTrailing()).append('\n');
  }
}
