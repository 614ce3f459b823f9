package io.mnist4j.report.page;

import io.mnist4j.data.ImageSet;
import io.mnist4j.issues.DataIssues;
import io.mnist4j.issues.ImageIssue;
import io.mnist4j.issues.ImagePlace;
import io.mnist4j.issues.IssueKind;
import io.mnist4j.report.plot.MistakesPlot;
import io.mnist4j.report.plot.Png;
import io.mnist4j.report.text.DataIssuesText;
import io.mnist4j.report.text.HtmlTemplates;
import io.mnist4j.report.text.NumberText;
import java.util.ArrayList;
import java.util.List;

/** What the page of a data set's issues shows; the template {@code issues.jte} says how. */
public record IssuesPage(DataIssues found) {
  /** So many pictures of a kind are shown. */
  private static final int SHOWN = 96;

  /** The whole page. */
  public String html() {
    return HtmlTemplates.render("issues.jte", this);
  }

  public String lead() {
    return DataIssuesText.summary(found) + ".";
  }

  /** The kinds that pictures are shown of: all but the labels, which come first in the page. */
  public List<IssueKind> pictureKinds() {
    return found.kinds().stream().filter(kind -> kind != IssueKind.LABEL).toList();
  }

  /** The first issues of a kind. */
  public List<ImageIssue> shown(IssueKind kind) {
    return first(found.of(kind));
  }

  /** Doubtful labels that no issue names. */
  public List<ImageIssue> doubtful() {
    return first(
        found.doubtful().stream().filter(image -> !found.issues().contains(image)).toList());
  }

  private static List<ImageIssue> first(List<ImageIssue> all) {
    return all.subList(0, Math.min(SHOWN, all.size()));
  }

  /** {@code 96 of 1,204; images are numbered from 0.} */
  public String hint(List<ImageIssue> shown, int all) {
    return "%s of %s, the surest first; images are numbered from 0."
        .formatted(NumberText.count(shown.size()), NumberText.count(all));
  }

  /** The picture of an image, as it is written: dark on light. */
  public Png picture(ImagePlace place) {
    ImageSet images = found.images(place.split());
    return MistakesPlot.inkOnPaper(images, place.index());
  }

  /** The name of the class that an image is labelled with. */
  public String labelOf(ImagePlace place) {
    return found.className(found.images(place.split()).label(place.index()));
  }

  /** A row for each kind: its name, what it means, and its number in each part. */
  public List<List<String>> counts() {
    List<List<String>> rows = new ArrayList<>();
    for (IssueKind kind : found.kinds()) {
      List<String> row = new ArrayList<>(List.of(kind.word()));
      found.parts().forEach(part -> row.add(NumberText.count(found.count(kind, part.split()))));
      row.add(kind.meaning());
      rows.add(row);
    }
    return rows;
  }

  /** The head of {@link #counts}. */
  public List<String> countsHead() {
    List<String> head = new ArrayList<>(List.of("issue"));
    found.parts().forEach(part -> head.add(part.split()));
    head.add("what it says of an image");
    return head;
  }
}
