package io.mnist4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.cli.Mnist4jProcess.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/** {@code evaluate --predictions} and {@code --split}. */
class WholeSetTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path directory;

  private Result run(String... args) throws Exception {
    return new CommandLineRun(directory).run(args);
  }

  private Result train(String name, String... more) throws Exception {
    String[] line =
        new String[] {
          "train",
          "--dataset",
          "strokes",
          "--epochs",
          "1",
          "--hidden",
          "8",
          "--quiet",
          "--no-report",
          "--name",
          name
        };
    String[] all = Arrays.copyOf(line, line.length + more.length);
    System.arraycopy(more, 0, all, line.length, more.length);
    Result trained = run(all);
    assertEquals(0, trained.exitCode(), trained.stderr());
    return trained;
  }

  @Test
  void tableHasARowForEachImage() throws Exception {
    train("r", "data.classes=[3,8]", "data.limit=400");
    Result result = run("evaluate", "runs/r", "--predictions", "all.csv", "--format", "json");
    assertEquals(0, result.exitCode(), result.stderr());
    List<String> rows = Files.readAllLines(directory.resolve("all.csv"));
    assertEquals("image,label,predicted,probability-3,probability-8", rows.get(0));
    JsonNode summary = JSON.readTree(result.stdout());
    assertEquals(summary.get("images").asInt(), rows.size() - 1);
    int right = 0;
    for (int i = 1; i < rows.size(); i++) {
      String[] cells = rows.get(i).split(",", -1);
      assertEquals(i - 1, Integer.parseInt(cells[0]));
      double three = Double.parseDouble(cells[3]);
      double eight = Double.parseDouble(cells[4]);
      assertEquals(1, three + eight, 1e-5);
      assertEquals(three >= eight ? "3" : "8", cells[2], rows.get(i));
      right += cells[1].equals(cells[2]) ? 1 : 0;
    }
    assertEquals(
        summary.get("test-accuracy").asDouble(), (double) right / (rows.size() - 1), 1e-12);
  }

  @Test
  void linesHaveTheSame() throws Exception {
    train("r", "data.classes=[3,8]", "data.limit=400");
    assertEquals(0, run("evaluate", "runs/r", "--predictions", "all.csv").exitCode());
    assertEquals(0, run("evaluate", "runs/r", "--predictions", "all.jsonl").exitCode());
    List<String> rows = Files.readAllLines(directory.resolve("all.csv"));
    List<String> lines = Files.readAllLines(directory.resolve("all.jsonl"));
    assertEquals(rows.size() - 1, lines.size());
    JsonNode first = JSON.readTree(lines.get(0));
    String[] cells = rows.get(1).split(",", -1);
    assertEquals(0, first.get("image").asInt());
    assertTrue(first.get("image").isInt());
    assertEquals(cells[1], first.get("label").asText());
    assertEquals(cells[2], first.get("predicted").asText());
    assertEquals(cells[4], first.at("/probabilities/8").asText());
  }

  @Test
  void splitIsThatOfTheTraining() throws Exception {
    train("r", "data.validation=0.1", "data.limit=500", "--seed", "3");
    JsonNode epoch =
        JSON.readTree(directory.resolve("runs/r/summary.json").toFile()).at("/epochs/0");
    JsonNode validation =
        JSON.readTree(
            run("evaluate", "runs/r", "--split", "validation", "--format", "json").stdout());
    assertEquals("validation", validation.get("split").asText());
    assertEquals(6000, validation.get("images").asInt());
    assertEquals(
        epoch.get("validation-accuracy").asDouble(), validation.get("test-accuracy").asDouble());
    JsonNode learned =
        JSON.readTree(run("evaluate", "runs/r", "--split", "train", "--format", "json").stdout());
    assertEquals(500, learned.get("images").asInt());
    Result text = run("evaluate", "runs/r", "--split", "train");
    assertTrue(text.stdout().contains("Training accuracy: 0."), text.stdout());
    JsonNode test = JSON.readTree(run("evaluate", "runs/r", "--format", "json").stdout());
    assertEquals(10_000, test.get("images").asInt());
    assertFalse(test.has("split"));
  }

  @Test
  void whatIsNotThereIsSaid() throws Exception {
    train("r", "data.limit=200");
    Result none = run("evaluate", "runs/r", "--split", "validation");
    assertEquals(2, none.exitCode());
    assertEquals(
        "mnist4j: runs/r/model.zip has no validation images: the test images of strokes watched its"
            + " training",
        none.stderr().strip());
    Result word = run("evaluate", "runs/r", "--split", "valid");
    assertEquals(2, word.exitCode());
    assertTrue(
        word.stderr().startsWith("mnist4j: --split must be train, validation or test, not 'valid'"),
        word.stderr());
    Result format = run("evaluate", "runs/r", "--predictions", "all.txt");
    assertEquals(2, format.exitCode());
    assertEquals(
        "mnist4j: --predictions must be a file that ends in .csv or .jsonl, not 'all.txt' (see"
            + " mnist4j evaluate --help)",
        format.stderr().strip());
    Result folder = run("evaluate", "runs/r", "--predictions", "no/all.csv");
    assertEquals(3, folder.exitCode());
    assertEquals(
        "mnist4j: cannot write no/all.csv: there is no such folder", folder.stderr().strip());
  }
}
