package io.mnist4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.issues.PlantedFaults;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;

class DataIssuesCommandTest {
  @TempDir Path directory;
  private Path data;

  @BeforeEach
  void write() throws Exception {
    data = PlantedFaults.write(directory.resolve("bars"));
  }

  private Mnist4jProcess.Result run(String... more) throws Exception {
    List<String> args =
        new ArrayList<>(
            List.of("data", "issues", data.toString(), "--epochs", "12", "--batch-size", "20"));
    args.addAll(List.of(more));
    return new CommandLineRun(directory).run(args.toArray(String[]::new));
  }

  @Test
  void findsEachPlantedFault() throws Exception {
    Mnist4jProcess.Result result = run("--output", "found");
    assertEquals(0, result.exitCode(), result.stderr());
    List<String> csv = Files.readAllLines(directory.resolve("found/issues.csv"));
    assertEquals("split,index,label,suggested,score,kind", csv.get(0));
    for (int image : PlantedFaults.WRONG) {
      String start = "train,%d,%d,%d,".formatted(image, (image + 1) % 4, image % 4);
      assertTrue(has(csv, start, ",label"), start + " in " + csv);
    }
    assertTrue(has(csv, "train,%d,".formatted(PlantedFaults.LEAKED), ",,0.00000,duplicate"));
    assertTrue(has(csv, "train,12,0,", ",0.00000,duplicate-other-label"), csv.toString());
    assertTrue(
        has(csv, "train,%d,2,0,0.0".formatted(PlantedFaults.DISPUTED), ",duplicate-other-label"));
    assertTrue(has(csv, "train,%d,".formatted(PlantedFaults.DARKER), ",near-duplicate"));
    assertTrue(has(csv, "train,%d,".formatted(PlantedFaults.BLANK), ",blank"));
    assertTrue(has(csv, "train,%d,".formatted(PlantedFaults.INVERTED), ",inverted"));
    assertTrue(has(csv, "train,%d,".formatted(PlantedFaults.BINARY), ",pixel-range"));
    long others = csv.stream().skip(1).filter(line -> !line.endsWith(",label")).count();
    assertEquals(7, others, csv.toString());
    assertTrue(
        result
            .stdout()
            .startsWith(
                "bars: %d issues in 100 test and 400 train images".formatted(csv.size() - 1)),
        result.stdout());
    assertTrue(result.stdout().contains("The labels that are least probable:"), result.stdout());
    assertTrue(result.stderr().contains("Training 5 networks, each for 12 epochs on 320 images"));
  }

  private static boolean has(List<String> csv, String start, String end) {
    return csv.stream().anyMatch(line -> line.startsWith(start) && line.endsWith(end));
  }

  @Test
  void jsonIsOneDocumentWithTwinsAndMargins() throws Exception {
    Mnist4jProcess.Result result = run("--format", "json", "--quiet");
    assertEquals("", result.stderr());
    JsonNode document = new ObjectMapper().readTree(result.stdout());
    assertEquals(5, document.get("networks").asInt());
    assertEquals("test", document.get("parts").get(0).get("split").asText());
    assertEquals(400, document.get("parts").get(1).get("images").asInt());
    assertEquals(100, document.get("doubtful").size());
    JsonNode leaked =
        StreamSupport.stream(document.get("issues").spliterator(), false)
            .filter(issue -> issue.get("kind").asText().equals("duplicate"))
            .findFirst()
            .orElseThrow();
    assertEquals(PlantedFaults.LEAKED, leaked.get("index").asInt());
    assertEquals("test", leaked.get("twin").get("split").asText());
    assertEquals(7, leaked.get("twin").get("index").asInt());
    assertTrue(leaked.get("suggested").isNull());
    double[] margins =
        IntStream.range(0, 100)
            .mapToDouble(i -> document.get("doubtful").get(i).get("score").asDouble())
            .toArray();
    assertTrue(IntStream.range(1, 100).allMatch(i -> margins[i - 1] <= margins[i]), "rising");
  }

  @Test
  void thePageShowsPicturesWithBothLabels() throws Exception {
    run("--output", "found");
    String page = Files.readString(directory.resolve("found/issues.html"));
    int image = PlantedFaults.WRONG.get(0);
    assertTrue(
        page.contains(
            "width=\"10\" height=\"10\" alt=\"train %d, labelled %d\""
                .formatted(image, (image + 1) % 4)),
        page);
    assertTrue(page.contains("<b>rather %d</b>".formatted(image % 4)), page);
    assertTrue(page.contains("alt=\"test 7, labelled 3\""), "the twin of a leaked image");
    assertTrue(page.contains("<h2>Duplicates with different labels</h2>"), page);
  }

  @Test
  void aPartAlone() throws Exception {
    run("--split", "test", "--proposals", "3", "--output", "found");
    List<String> csv = Files.readAllLines(directory.resolve("found/issues.csv"));
    assertEquals(4, csv.size(), csv.toString());
    assertTrue(csv.stream().skip(1).allMatch(line -> line.startsWith("test,")), csv.toString());
  }

  @Test
  void byTheProbabilityOfTheLabelAndSeveralTimes() throws Exception {
    Mnist4jProcess.Result result =
        run(
            "--folds",
            "2",
            "--repeat",
            "2",
            "--rank",
            "self-confidence",
            "--proposals",
            "4",
            "--split",
            "train",
            "--format",
            "json");
    assertTrue(
        result.stderr().contains("Training 4 networks, each for 12 epochs on 200 images"),
        result.stderr());
    JsonNode document = new ObjectMapper().readTree(result.stdout());
    assertEquals(4, document.get("networks").asInt());
    List<Integer> proposed =
        StreamSupport.stream(document.get("issues").spliterator(), false)
            .filter(issue -> issue.get("kind").asText().equals("label"))
            .map(issue -> issue.get("index").asInt())
            .sorted()
            .toList();
    assertEquals(4, proposed.size());
    assertTrue(proposed.stream().anyMatch(PlantedFaults.WRONG::contains), proposed.toString());
  }

  @Test
  void theSameSeedFindsTheSame() throws Exception {
    assertEquals(run("--folds", "3").stdout(), run("--folds", "3").stdout());
  }

  @Test
  void moreIssuesThanAllowedIsExitCode4() throws Exception {
    Mnist4jProcess.Result result = run("--folds", "2", "--max-issues", "3");
    assertEquals(4, result.exitCode());
    assertTrue(result.stderr().endsWith("issues are more than --max-issues 3\n"), result.stderr());
    assertEquals(0, run("--folds", "2", "--max-issues", "500").exitCode());
  }

  @Test
  void aMissingClassIsSaid() throws Exception {
    data = PlantedFaults.writeWithoutAClass(directory.resolve("fewer"));
    Mnist4jProcess.Result result = run("--folds", "2");
    assertTrue(
        result.stdout().contains("missing-class: test has no image of class 3"), result.stdout());
  }

  @Test
  void settingsAreArgumentsToo() throws Exception {
    Mnist4jProcess.Result result =
        new CommandLineRun(directory)
            .run("data", "issues", data.toString(), "--folds", "2", "training.epochs=3");
    assertTrue(result.stderr().contains("each for 3 epochs"), result.stderr());
    result =
        new CommandLineRun(directory)
            .run("data", "issues", "--folds=2", "training.epochs=2", "data.dataset=" + data);
    assertEquals(0, result.exitCode(), result.stderr());
    assertTrue(result.stderr().contains("each for 2 epochs"), result.stderr());
  }

  @Test
  void wrongUse() throws Exception {
    Mnist4jProcess.Result result = run("--folds", "1");
    assertEquals(2, result.exitCode());
    assertTrue(
        result.stderr().startsWith("mnist4j: --folds must be 2 to 100, not 1"), result.stderr());
    result = run("--proposals", "-1");
    assertEquals(2, result.exitCode());
    result = new CommandLineRun(directory).run("data", "issues", "minst");
    assertEquals(2, result.exitCode());
    assertTrue(result.stderr().contains("did you mean mnist?"), result.stderr());
    result = run("--set", "model.output={activation: identity, loss: mse}");
    assertEquals(2, result.exitCode(), result.stderr());
    assertTrue(
        result.stderr().contains("model.output.activation must be softmax or sigmoid here"),
        result.stderr());
  }
}
