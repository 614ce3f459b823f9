package io.mnist4j.report.text;

import io.mnist4j.issues.DataIssues;
import io.mnist4j.issues.DataIssues.PartNoise;
import io.mnist4j.issues.ImageIssue;
import io.mnist4j.issues.ImagePlace;
import io.mnist4j.issues.SetNotice;
import io.mnist4j.text.Json;
import java.util.List;

/**
 * What is wrong with a data set, as a JSON document. The components of the records are the keys.
 */
public final class DataIssuesJson {

  private record IssuesDocument(
      String dataset,
      int networks,
      List<PartEntry> parts,
      List<SetNotice> notices,
      List<IssueEntry> issues,
      List<IssueEntry> doubtful) {}

  private record PartEntry(
      String split, int images, double estimatedNoise, List<ConfusionEntry> confusions) {

    static PartEntry of(DataIssues found, PartNoise part) {
      return new PartEntry(
          part.split(),
          part.images(),
          part.noise(),
          part.confusions().stream()
              .map(
                  pair ->
                      new ConfusionEntry(
                          found.className(pair.label()),
                          found.className(pair.truth()),
                          pair.images()))
              .toList());
    }
  }

  private record ConfusionEntry(String label, String truth, double estimatedImages) {}

  private record IssueEntry(
      String split,
      int index,
      String label,
      String suggested,
      double score,
      String kind,
      ImagePlace twin,
      String detail) {

    static IssueEntry of(DataIssues found, ImageIssue issue) {
      return new IssueEntry(
          issue.place().split(),
          issue.place().index(),
          found.className(issue.label()),
          issue.suggested().map(found::className).orElse(null),
          issue.score(),
          issue.kind().word(),
          issue.twin().orElse(null),
          issue.detail().isEmpty() ? null : issue.detail());
    }
  }

  private DataIssuesJson() {}

  /** All that was found; what is not known is null. */
  public static String of(DataIssues found) {
    return Json.pretty(
        new IssuesDocument(
            found.dataset().name(),
            found.networks(),
            found.parts().stream().map(part -> PartEntry.of(found, part)).toList(),
            found.notices(),
            found.issues().stream().map(issue -> IssueEntry.of(found, issue)).toList(),
            found.doubtful().stream().map(issue -> IssueEntry.of(found, issue)).toList()));
  }
}
