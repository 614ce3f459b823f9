package io.mnist4j.report;

import io.mnist4j.files.AtomicFile;
import io.mnist4j.issues.DataIssues;
import io.mnist4j.issues.ImageIssue;
import io.mnist4j.report.page.IssuesPage;
import io.mnist4j.report.text.DataIssuesJson;
import io.mnist4j.report.text.NumberText;
import io.mnist4j.text.Csv;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What is wrong with a data set, as files for people, programs and spreadsheets. */
public final class IssueFiles {
  private IssueFiles() {}

  /**
   * Writes {@code issues.csv}, {@code issues.json} and {@code issues.html}.
   *
   * @param folder is made if it is not there; files of these names in it are replaced
   * @throws IOException if something cannot be written
   */
  public static void write(DataIssues found, Path folder) throws IOException {
    Files.createDirectories(folder);
    AtomicFile.write(folder.resolve("issues.csv"), csv(found));
    AtomicFile.write(folder.resolve("issues.json"), DataIssuesJson.of(found));
    AtomicFile.write(folder.resolve("issues.html"), new IssuesPage(found).html());
  }

  private static String csv(DataIssues found) {
    StringBuilder csv = new StringBuilder("split,index,label,suggested,score,kind\n");
    for (ImageIssue issue : found.issues()) {
      csv.append(
          Csv.row(
              List.of(
                  issue.place().split(),
                  issue.place().index(),
                  found.className(issue.label()),
                  issue.suggested().map(found::className).orElse(""),
                  NumberText.format("%.6g", issue.score()),
                  issue.kind().word())));
    }
    return csv.toString();
  }
}
