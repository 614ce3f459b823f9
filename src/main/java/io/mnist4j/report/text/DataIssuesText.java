package io.mnist4j.report.text;

import io.mnist4j.issues.DataIssues;
import io.mnist4j.issues.DataIssues.PartNoise;
import io.mnist4j.issues.ImageIssue;
import io.mnist4j.issues.IssueKind;
import io.mnist4j.issues.LabelConfusion;
import io.mnist4j.issues.SetNotice;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What is wrong with a data set, as plain text. */
public final class DataIssuesText {
  private static final int SHOWN = 10;
  private static final int CONFUSIONS = 3;
  private static final int MAX_NAME = 20;

  private DataIssuesText() {}

  /** Counts, what is said of the parts, and the ten lowest margins; each line ends in a break. */
  public static String of(DataIssues found) {
    StringBuilder text = new StringBuilder();
    line(text, "%s", summary(found));
    text.append('\n');
    counts(text, found);
    for (PartNoise part : found.parts()) {
      line(text, "%s", noise(found, part));
    }
    for (SetNotice notice : found.notices()) {
      line(text, "%s: %s", notice.kind(), notice.text());
    }
    if (!found.doubtful().isEmpty()) {
      text.append('\n');
      doubtful(text, found);
    }
    return text.toString().replace("\n", System.lineSeparator());
  }

  /** {@code mnist: 12 issues in 10,000 test and 60,000 train images, judged by 5 networks}. */
  public static String summary(DataIssues found) {
    return NumberText.format(
        "%s: %,d %s in %s images, judged by %d networks",
        found.dataset().name(),
        found.issues().size(),
        found.issues().size() == 1 ? "issue" : "issues",
        found.parts().stream()
            .map(part -> NumberText.format("%,d %s", part.images(), part.split()))
            .collect(Collectors.joining(" and ")),
        found.networks());
  }

  /**
   * The estimated share of wrong labels of a part, and the pairs of classes that make most of it.
   */
  public static String noise(DataIssues found, PartNoise part) {
    String most =
        part.confusions().stream()
            .limit(CONFUSIONS)
            .map(pair -> confusion(found, pair))
            .collect(Collectors.joining(", "));
    return NumberText.format(
        "%s: about %s of the labels are wrong%s",
        part.split(),
        NumberText.percent(part.noise(), 2),
        most.isEmpty() ? "" : "; labelled as another class: " + most);
  }

  private static String confusion(DataIssues found, LabelConfusion pair) {
    return NumberText.format(
        "%s as %s (%,.0f)",
        found.className(pair.truth()), found.className(pair.label()), pair.images());
  }

  private static void counts(StringBuilder text, DataIssues found) {
    if (found.issues().isEmpty()) {
      return;
    }
    String pattern = "%-26s" + "  %10s".repeat(found.parts().size());
    List<Object> head = new ArrayList<>(List.of("issue"));
    found.parts().forEach(part -> head.add(part.split()));
    line(text, pattern, head.toArray());
    for (IssueKind kind : found.kinds()) {
      List<Object> row = new ArrayList<>(List.of(kind.word()));
      found.parts().forEach(part -> row.add(NumberText.count(found.count(kind, part.split()))));
      line(text, pattern, row.toArray());
    }
    text.append('\n');
  }

  private static void doubtful(StringBuilder text, DataIssues found) {
    List<ImageIssue> shown = found.doubtful().subList(0, Math.min(SHOWN, found.doubtful().size()));
    int width = found.dataset().classNames().stream().mapToInt(String::length).max().orElse(0);
    width = Math.max("suggested".length(), Math.min(MAX_NAME, width));
    String name = "%-" + width + "." + width + "s";
    String pattern = "%-18s  " + name + "  " + name + "  %8s  %s";
    line(text, "The labels that are least probable:");
    line(text, pattern, "image", "label", "suggested", "score", "named an issue");
    for (ImageIssue image : shown) {
      line(
          text,
          pattern,
          image.place(),
          found.className(image.label()),
          image.suggested().map(found::className).orElse("-"),
          NumberText.format("%.3g", image.score()),
          found.issues().contains(image) ? "yes" : "no");
    }
  }

  private static void line(StringBuilder text, String pattern, Object... values) {
    text.append(NumberText.format(pattern, values).stripTrailing()).append('\n');
  }
}
