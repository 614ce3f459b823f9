package io.mnist4j.report.text;

import io.mnist4j.eval.Calibration;
import io.mnist4j.eval.Proportion;
import io.mnist4j.fairness.BootstrapEstimate;
import io.mnist4j.fairness.GroupFigures;
import io.mnist4j.fairness.GroupGap;
import io.mnist4j.fairness.GroupReport;
import io.mnist4j.fairness.WriterFigures;
import io.mnist4j.text.Json;
import io.mnist4j.text.KebabCase;
import java.util.List;
import java.util.Optional;
import org.nd4j.shade.jackson.databind.JsonNode;

/** The test of a model by groups as JSON. The components of the records are the keys. */
public final class GroupJson {
  private static final int WRITERS = 10;

  @KebabCase
  private record GroupsDocument(
      String table,
      String column,
      List<GroupEntry> groups,
      GapEntry gap,
      List<WriterEntry> worstWriters) {}

  private record GroupEntry(
      String group,
      long images,
      Integer writers,
      double accuracy,
      List<Double> accuracyInterval,
      Double calibrationError,
      String worstClass,
      Double worstClassF1) {

    static GroupEntry of(GroupFigures group) {
      Proportion accuracy = group.figures().accuracy();
      return new GroupEntry(
          group.name(),
          group.figures().images(),
          group.writers() == 0 ? null : group.writers(),
          accuracy.value(),
          List.of(accuracy.low(), accuracy.high()),
          group.figures().calibration().map(Calibration::error).orElse(null),
          group.figures().worstClass().name(),
          finite(group.figures().worstClass().f1()));
    }
  }

  private record GapEntry(
      String best,
      String worst,
      double accuracyGap,
      List<Double> accuracyGapInterval,
      Double accuracyRatio,
      List<Double> accuracyRatioInterval,
      Double errorRatio,
      List<Double> errorRatioInterval,
      String resampled,
      int clusters) {

    static GapEntry of(GroupReport report, GroupGap gap) {
      Optional<BootstrapEstimate> errors = gap.errorRatio();
      return new GapEntry(
          gap.best(),
          gap.worst(),
          gap.difference().value(),
          interval(gap.difference()),
          finite(gap.ratio().value()),
          interval(gap.ratio()),
          errors.map(BootstrapEstimate::value).orElse(null),
          errors.map(GroupJson::interval).orElse(null),
          report.byWriter() ? "writers" : "images",
          gap.clusters());
    }
  }

  private record WriterEntry(
      String writer,
      String group,
      long images,
      long wrong,
      double accuracy,
      List<Double> accuracyInterval) {

    static WriterEntry of(WriterFigures writer) {
      Proportion accuracy = writer.accuracy();
      return new WriterEntry(
          writer.writer(),
          writer.group(),
          accuracy.trials(),
          accuracy.trials() - accuracy.successes(),
          accuracy.value(),
          List.of(accuracy.low(), accuracy.high()));
    }
  }

  private GroupJson() {}

  /** As a part of another document, with the keys that it has by itself. */
  public static JsonNode node(GroupReport report) {
    return Json.parse(of(report));
  }

  /** As a document of its own. */
  public static String of(GroupReport report) {
    return Json.pretty(
        new GroupsDocument(
            report.table(),
            report.column(),
            report.groups().stream().map(GroupEntry::of).toList(),
            report.gap().map(gap -> GapEntry.of(report, gap)).orElse(null),
            report.writers().stream().limit(WRITERS).map(WriterEntry::of).toList()));
  }

  /** JSON has no word for what is not a number. */
  private static Double finite(double value) {
    return Double.isFinite(value) ? value : null;
  }

  private static List<Double> interval(BootstrapEstimate estimate) {
    return Double.isFinite(estimate.low()) && Double.isFinite(estimate.high())
        ? List.of(estimate.low(), estimate.high())
        : null;
  }
}
