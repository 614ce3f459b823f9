package io.mnist4j.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.report.text.EvaluationText;
import io.mnist4j.run.EvaluationSummary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationFilesTest {
  @TempDir Path directory;

  @Test
  void filesForPeopleProgramsAndSpreadsheets() throws Exception {
    EvaluationSummary summary = TestedModel.at(directory.resolve("model.zip"));
    Path folder = directory.resolve("figures");
    EvaluationFiles.write(summary, folder);
    assertEquals(EvaluationText.of(summary), Files.readString(folder.resolve("evaluation.txt")));
    assertTrue(
        Files.readString(folder.resolve("evaluation.json")).contains("\"test-accuracy\" : 0.5"));
    assertEquals(
        List.of("class,cat,dog,<3>", "cat,1,2,0", "dog,0,1,0", "<3>,1,0,1"),
        Files.readAllLines(folder.resolve("confusion.csv")));
    assertEquals(
        List.of("image,class,said,confidence", "2,cat,dog,0.8", "4,<3>,cat,0.7", "1,cat,dog,0.6"),
        Files.readAllLines(folder.resolve("mistakes.csv")));
    List<String> classes = Files.readAllLines(folder.resolve("classes.csv"));
    assertEquals(4, classes.size());
    assertTrue(classes.get(2).startsWith("dog,1,0.3333333333333333,"), classes.get(2));
  }
}
