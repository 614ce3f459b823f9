package io.mnist4j.report.page;

import io.mnist4j.eval.Calibration;
import io.mnist4j.fairness.GroupFigures;
import io.mnist4j.fairness.GroupReport;
import io.mnist4j.fairness.WriterFigures;
import io.mnist4j.report.plot.Drawing;
import io.mnist4j.report.plot.GroupsPlot;
import io.mnist4j.report.plot.MistakesPlot;
import io.mnist4j.report.plot.Png;
import io.mnist4j.report.text.HtmlTemplates;
import io.mnist4j.report.text.NumberText;
import java.util.ArrayList;
import java.util.List;

/** What the page of a test by groups shows; the template {@code groups.jte} says how. */
public record GroupsPage(GroupReport report) {
  private static final int WRITERS = 10;

  /** Pictures of one writer. */
  private static final int PICTURES = 24;

  /** The whole page. */
  public String html() {
    return HtmlTemplates.render("groups.jte", this);
  }

  public String lead() {
    return "%s, tested on %s images of %s in %s groups by %s of %s."
        .formatted(
            report.test().model(),
            NumberText.count(report.test().figures().images()),
            report.test().dataset(),
            NumberText.count(report.groups().size()),
            report.column(),
            report.table());
  }

  public Drawing plot() {
    return GroupsPlot.draw(report);
  }

  /** The head of {@link #groups}. */
  public List<String> head() {
    return List.of(
        report.column(),
        "images",
        "writers",
        "accuracy",
        "95 %",
        "calibration error",
        "worst class",
        "its F1");
  }

  /** A row for each group. */
  public List<List<String>> groups() {
    List<List<String>> rows = new ArrayList<>();
    for (GroupFigures group : report.groups()) {
      rows.add(
          List.of(
              group.name(),
              NumberText.count(group.figures().images()),
              group.writers() == 0 ? "-" : NumberText.count(group.writers()),
              NumberText.share(group.figures().accuracy()),
              NumberText.interval(group.figures().accuracy()),
              NumberText.share(
                  group.figures().calibration().map(Calibration::error).orElse(Double.NaN)),
              group.figures().worstClass().name(),
              NumberText.share(group.figures().worstClass().f1())));
    }
    return rows;
  }

  /** The writers of whom most was taken for something else. */
  public List<WriterFigures> writers() {
    return report.writers().stream().limit(WRITERS).toList();
  }

  /** {@code Writer 2504 (hsf 4): 5 of 21 images wrong, accuracy 0.7619 (0.5491-0.8937)}. */
  public String title(WriterFigures writer) {
    long images = writer.accuracy().trials();
    String group = "%s %s".formatted(report.column(), writer.group());
    return "Writer %s%s: %s of %s images wrong, accuracy %s (%s)"
        .formatted(
            writer.writer(),
            report.column().equals("writer") ? "" : " (" + group + ")",
            NumberText.count(images - writer.accuracy().successes()),
            NumberText.count(images),
            NumberText.share(writer.accuracy()),
            NumberText.interval(writer.accuracy()));
  }

  /** Images of a writer, those that were taken for another class first. */
  public List<Integer> pictures(WriterFigures writer) {
    return writer.images().stream().limit(PICTURES).toList();
  }

  /** The file of an image, or its number in the data. */
  public String name(int image) {
    return report.test().imageNames().isEmpty()
        ? String.valueOf(report.test().predictions().images().row(image))
        : report.test().imageName(image);
  }

  public boolean isRight(int image) {
    return report.test().predictions().isRight(image);
  }

  /** The picture of an image, as it is written: dark on light. */
  public Png picture(int image) {
    return MistakesPlot.inkOnPaper(report.test().predictions().images(), image);
  }
}
