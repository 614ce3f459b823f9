package io.mnist4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.cli.Mnist4jProcess.Result;
import io.mnist4j.data.idx.IdxFixture;
import io.mnist4j.eval.Proportion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/** A model, judged by groups of images. */
class GroupEvaluationTest {
  private static final int IMAGES = 80;

  @TempDir static Path shared;
  @TempDir Path directory;

  /** Whether each of the test images was named rightly, by the file of predictions. */
  private static final boolean[] RIGHT = new boolean[IMAGES];

  @BeforeAll
  static void trainOnce() throws Exception {
    IdxFixture.write(shared.resolve("rows"), IdxFixture.rows(400, IMAGES, 4, 7));
    run(
        "train",
        "--dataset",
        "./rows",
        "--epochs",
        "2",
        "--lr",
        "0.0018",
        "--name",
        "m",
        "data.validation=0.25");
    StringBuilder table = new StringBuilder("index,hand,writer,label\n");
    for (int image = 0; image < IMAGES; image++) {
      table.append(
          "%d,%s,w%d,%d\n".formatted(image, image < 30 ? "left" : "right", image / 5, image % 4));
    }
    Files.writeString(shared.resolve("groups.csv"), table);
    run("evaluate", "runs/m", "--predictions", "all.csv");
    List<String> lines = Files.readAllLines(shared.resolve("all.csv"));
    for (int image = 0; image < IMAGES; image++) {
      String[] cells = lines.get(image + 1).split(",", -1);
      RIGHT[image] = cells[1].equals(cells[2]);
    }
  }

  private static Result run(String... args) throws Exception {
    Result result = new CommandLineRun(shared).run(args);
    assertEquals(0, result.exitCode(), result.stderr());
    return result;
  }

  private static Result evaluate(String... more) throws Exception {
    List<String> args = new ArrayList<>(List.of("evaluate", shared.resolve("runs/m").toString()));
    for (String arg : more) {
      args.add(arg.equals("groups.csv") ? shared.resolve(arg).toString() : arg);
    }
    return new CommandLineRun(shared).run(args.toArray(String[]::new));
  }

  private static long right(int first, int end) {
    long right = 0;
    for (int image = first; image < end; image++) {
      right += RIGHT[image] ? 1 : 0;
    }
    return right;
  }

  @Test
  void figuresAreThoseOfThePredictions() throws Exception {
    Result result = evaluate("--groups", "groups.csv", "--format", "json");
    assertEquals(0, result.exitCode(), result.stderr());
    JsonNode groups = new ObjectMapper().readTree(result.stdout()).get("groups");
    assertEquals("hand", groups.get("column").asText());
    Proportion left = new Proportion(right(0, 30), 30);
    Proportion rest = new Proportion(right(30, IMAGES), 50);
    JsonNode first = groups.get("groups").get(0);
    assertEquals("left", first.get("group").asText());
    assertEquals(30, first.get("images").asInt());
    assertEquals(6, first.get("writers").asInt());
    assertEquals(left.value(), first.get("accuracy").asDouble(), 1e-12);
    assertEquals(left.low(), first.get("accuracy-interval").get(0).asDouble(), 1e-12);
    assertEquals(rest.value(), groups.get("groups").get(1).get("accuracy").asDouble(), 1e-12);
    JsonNode gap = groups.get("gap");
    assertEquals(Math.abs(left.value() - rest.value()), gap.get("accuracy-gap").asDouble(), 1e-12);
    assertTrue(
        gap.get("accuracy-gap-interval").get(0).asDouble() < gap.get("accuracy-gap").asDouble());
    assertEquals("writers", gap.get("resampled").asText());
    assertEquals(16, gap.get("clusters").asInt());
    assertEquals(10, groups.get("worst-writers").size());
  }

  @Test
  void filesAndTextSayTheSame() throws Exception {
    Result result = evaluate("--groups", "groups.csv", "--output", "figures");
    assertEquals(0, result.exitCode(), result.stderr());
    String left = "0.%04d".formatted(Math.round(10_000.0 * right(0, 30) / 30));
    assertTrue(result.stdout().matches("(?s).*\nleft +30 +6 +" + left + " .*"), result.stdout());
    assertTrue(result.stdout().contains("points of accuracy between hand"), result.stdout());
    Path figures = shared.resolve("figures");
    List<String> csv = Files.readAllLines(figures.resolve("groups.csv"));
    assertEquals(3, csv.size());
    assertTrue(csv.get(1).startsWith("left,30,6,"), csv.get(1));
    assertEquals(17, Files.readAllLines(figures.resolve("writers.csv")).size());
    assertTrue(Files.readString(figures.resolve("groups.svg")).contains("Accuracy by hand"));
    assertTrue(Files.readString(figures.resolve("groups.json")).contains("\"accuracy-gap\""));
    String page = Files.readString(figures.resolve("groups.html"));
    assertTrue(page.contains("The writers that are read worst"));
    assertTrue(page.contains("data:image/png;base64,"));
    for (String figure : List.of("Accuracy", "Gap", "Errors", "Best", "Worst")) {
      assertTrue(page.contains("<details><summary>" + figure + "</summary>"), figure);
    }
  }

  @Test
  void aWriterIsAGroupToo() throws Exception {
    Result result = evaluate("--groups", "groups.csv", "--group-column", "writer");
    assertEquals(0, result.exitCode(), result.stderr());
    assertTrue(result.stdout().contains("\nw2 "), result.stdout());
    assertTrue(result.stdout().contains(" images"), result.stdout());
  }

  /** Rows of the training images that watched the training, not of the first ones. */
  @Test
  void imagesThatWereSplitOffKeepTheirRows() throws Exception {
    StringBuilder table = new StringBuilder("split,index,label,group\n");
    for (int image = 0; image < 400; image++) {
      table.append("train,%d,%d,g%d\n".formatted(image, image % 4, image / 200));
    }
    table.append("test,0,0,other\n");
    Path file = Files.writeString(directory.resolve("train.csv"), table);
    for (String split : List.of("validation", "train")) {
      Result result = evaluate("--groups", file.toString(), "--split", split, "--format", "json");
      assertEquals(0, result.exitCode(), result.stderr());
      JsonNode groups = new ObjectMapper().readTree(result.stdout()).get("groups").get("groups");
      assertEquals(2, groups.size());
      int images = groups.get(0).get("images").asInt() + groups.get(1).get("images").asInt();
      assertEquals(split.equals("train") ? 300 : 100, images);
    }
    Result test = evaluate("--groups", file.toString());
    assertEquals(3, test.exitCode());
    assertTrue(test.stderr().contains("has no row for image 1 of test"), test.stderr());
  }

  @Test
  void aGapThatIsTooLargeIsExitCode4() throws Exception {
    double gap = Math.abs(right(0, 30) / 30.0 - right(30, IMAGES) / 50.0);
    assertEquals(0, evaluate("--groups", "groups.csv", "--max-gap", "" + gap).exitCode());
    Result missed = evaluate("--groups", "groups.csv", "--max-gap", "0");
    assertEquals(gap > 0 ? 4 : 0, missed.exitCode());
    assertTrue(missed.stderr().contains("exceeds --max-gap 0"), missed.stderr());
    assertFalse(missed.stdout().isEmpty());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2 | --max-gap 0.1 | --max-gap compares groups; add --groups",
        "2 | --group-column a | --group-column is a column of the table that --groups names",
        "2 | --groups groups.csv --max-gap 1.5 | --max-gap must be 0 to 1, not 1.5",
        "2 | --groups groups.csv --group-column hands | has no column 'hands' of groups (there are"
            + " hand, writer, label); did you mean hand?",
        "3 | --groups mnist-writer | did you mean mnist-writers?",
        "3 | --groups groups.csv --split train | groups.csv has no row for image",
      })
  void whatIsWrongIsSaidInOneLine(int exitCode, String options, String message) throws Exception {
    Result result = evaluate(options.split(" "));
    assertEquals(exitCode, result.exitCode(), result.stderr());
    assertTrue(result.stderr().contains(message), result.stderr());
    assertEquals(1, result.stderr().lines().count(), result.stderr());
    assertEquals("", result.stdout());
  }
}
