package io.mnist4j.report;

import io.mnist4j.eval.Calibration;
import io.mnist4j.eval.ClassMetrics;
import io.mnist4j.eval.Proportion;
import io.mnist4j.fairness.GroupFigures;
import io.mnist4j.fairness.GroupReport;
import io.mnist4j.fairness.WriterFigures;
import io.mnist4j.files.AtomicFile;
import io.mnist4j.report.page.GroupsPage;
import io.mnist4j.report.plot.GroupsPlot;
import io.mnist4j.report.plot.Svg;
import io.mnist4j.report.text.GroupJson;
import io.mnist4j.text.Csv;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The test of a model by groups as files, for people, programs and spreadsheets. */
public final class GroupFiles {
  private GroupFiles() {}

  /**
   * Writes {@code groups.html}, {@code groups.svg}, {@code groups.json}, {@code groups.csv} and,
   * where writers are known, {@code writers.csv}, the worst first.
   *
   * @param folder is made if it is not there; files of these names in it are replaced
   * @throws IOException if something cannot be written
   */
  public static void write(GroupReport report, Path folder) throws IOException {
    Files.createDirectories(folder);
    AtomicFile.write(folder.resolve("groups.html"), new GroupsPage(report).html());
    AtomicFile.write(folder.resolve("groups.svg"), Svg.file(GroupsPlot.draw(report)));
    AtomicFile.write(folder.resolve("groups.json"), GroupJson.of(report));
    AtomicFile.write(folder.resolve("groups.csv"), groups(report));
    if (!report.writers().isEmpty()) {
      AtomicFile.write(folder.resolve("writers.csv"), writers(report));
    }
  }

  private static String groups(GroupReport report) {
    StringBuilder csv =
        new StringBuilder(
            "group,images,writers,accuracy,accuracy-low,accuracy-high,calibration-error,worst-class,"
                + "worst-class-f1\n");
    for (GroupFigures group : report.groups()) {
      Proportion accuracy = group.figures().accuracy();
      ClassMetrics worst = group.figures().worstClass();
      List<?> cells =
          Arrays.asList(
              group.name(),
              accuracy.trials(),
              group.writers() == 0 ? "" : group.writers(),
              accuracy.value(),
              accuracy.low(),
              accuracy.high(),
              group.figures().calibration().map(Calibration::error).map(String::valueOf).orElse(""),
              worst.name(),
              worst.f1());
      csv.append(Csv.row(cells));
    }
    return csv.toString();
  }

  private static String writers(GroupReport report) {
    StringBuilder csv =
        new StringBuilder("writer,group,images,wrong,accuracy,accuracy-low,accuracy-high\n");
    for (WriterFigures writer : report.writers()) {
      Proportion accuracy = writer.accuracy();
      csv.append(
          Csv.row(
              List.of(
                  writer.writer(),
                  writer.group(),
                  accuracy.trials(),
                  accuracy.trials() - accuracy.successes(),
                  accuracy.value(),
                  accuracy.low(),
                  accuracy.high())));
    }
    return csv.toString();
  }
}
