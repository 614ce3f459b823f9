package io.mnist4j.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.cli.CommandLineRun;
import io.mnist4j.cli.Mnist4jProcess;
import io.mnist4j.model.Provenance;
import io.mnist4j.model.archive.ModelArchive;
import io.mnist4j.text.Json;
import io.mnist4j.text.KebabCaseTest;
import io.mnist4j.train.TrainingState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.io.file.PathUtils;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/**
 * Reads what the released version 0.1.0 wrote: a run of one epoch on 500 images of {@code strokes},
 * and a finished sweep of three trials. The numbers are those that 0.1.0 itself gives.
 */
class VersionCompatibilityTest {
  private static final Path FIXTURES = Path.of("src", "test", "resources", "v0.1.0");

  @TempDir Path directory;
  private Path run;
  private Path sweep;

  @BeforeEach
  void copyFixtures() throws IOException {
    run = directory.resolve("run");
    sweep = directory.resolve("sweep");
    PathUtils.copyDirectory(FIXTURES.resolve("run"), run);
    PathUtils.copyDirectory(FIXTURES.resolve("sweep"), sweep);
  }

  @Test
  void readsTheModel() throws Exception {
    MultiLayerNetwork own = ModelArchive.read(run.resolve("model.zip")).network();
    MultiLayerNetwork stock = MultiLayerNetwork.load(run.resolve("model.zip").toFile(), true);
    assertEquals(3_190, own.numParams());
    assertEquals(stock.params(), own.params());
    assertEquals(
        stock.output(Nd4j.ones(2, 784)), own.output(Nd4j.ones(2, 784)), "the same network");
    Provenance provenance = ModelArchive.read(run.resolve("model.zip")).provenance();
    assertEquals("strokes", provenance.dataset());
    assertEquals(0.1492, provenance.metrics().get("test-accuracy"));
    assertEquals("0.1.0", provenance.versions().get("mnist4j"));
  }

  @Test
  void evaluatesTheModelToTheSameAccuracy() throws Exception {
    JsonNode result = json(run("evaluate", "run/model.zip", "--format", "json"));
    assertEquals(10_000, result.path("images").asInt());
    assertEquals(0.1492, result.path("test-accuracy").asDouble());
    assertEquals(2.2406306391408792, result.path("test-loss").asDouble(), 1e-6);
  }

  @Test
  void resumesTheRun() throws Exception {
    Mnist4jProcess.Result result =
        new CommandLineRun(directory)
            .run("train", "--resume", "run", "--epochs", "2", "--format", "json");
    assertEquals(0, result.exitCode(), result.stderr());
    assertTrue(
        result.stderr().contains("The run was trained by mnist4j 0.1.0 up to here; "),
        result.stderr());
    JsonNode summary = json(result.stdout());
    List<String> metrics = Files.readAllLines(run.resolve("metrics.csv"));
    assertEquals(3, metrics.size());
    // What 0.1.0 did not measure is empty.
    assertEquals("1,2.274742,2.240631,0.149200,0.023,,", metrics.get(1));
    assertTrue(metrics.get(2).matches(".*,0\\.\\d{6},[0-9.e-]+"), metrics.get(2));
    assertTrue(metrics.get(2).startsWith("2,2.215350,2.209882,0.143400,"), metrics.get(2));
    assertEquals(2, summary.path("epochs").size());
    assertEquals(2.274742346885086, summary.path("epochs").path(0).path("train-loss").asDouble());
    assertTrue(Files.readString(run.resolve("report.html")).contains("0.1434"));
  }

  @Test
  void knowsThatTheRunIsFinished() throws Exception {
    String before = Files.readString(run.resolve("summary.json"));
    assertEquals(before, run("train", "--resume", "run", "--format", "json"));
    assertEquals(before, Files.readString(run.resolve("summary.json")));
  }

  @Test
  void reportsTheRun() throws Exception {
    run("report", "run");
    String page = Files.readString(run.resolve("report.html"));
    assertTrue(page.contains("14.92"), "the accuracy");
    assertTrue(page.contains("2026-11-28"), "the time");
  }

  @Test
  void goesOnWithTheSweep() throws Exception {
    String journal = Files.readString(sweep.resolve("journal.jsonl"));
    JsonNode summary = json(run("sweep", "--resume", "sweep", "--trials", "5", "--format", "json"));
    assertEquals(5, summary.path("complete").asInt());
    assertEquals(1, summary.path("best").path("trial").asInt());
    assertEquals(0.27458333333333335, summary.path("best").path("validation-accuracy").asDouble());
    assertEquals(0.2332, summary.path("test-accuracy").asDouble());
    String longer = Files.readString(sweep.resolve("journal.jsonl"));
    assertTrue(longer.startsWith(journal), "nothing is forgotten");
    assertNotEquals(journal, longer);
    List<String> leaderboard = Files.readAllLines(sweep.resolve("leaderboard.csv"));
    assertEquals("1,1,complete,0.274583,1,0.004,0.03141107866031059,4,", leaderboard.get(1));
    assertEquals(6, leaderboard.size());
  }

  /** What it wrote is read into records and written from them: the same text, but for its keys. */
  @Test
  void writesTheSameText() throws Exception {
    String summary = Files.readString(run.resolve("summary.json"));
    assertEquals(
        KebabCaseTest.keys(summary),
        Json.pretty(RunFormat.readSummary(run.resolve("summary.json"))));
    String metrics = Files.readString(run.resolve("metrics.csv"));
    RunFolder folder = RunFolder.of(run);
    RunFormat.writeMetrics(folder, RunFormat.read(folder).epochs());
    assertEquals(
        metrics.replace(
            "trainLoss,validationLoss,validationAccuracy",
            "train-loss,validation-loss,validation-accuracy"),
        Files.readString(run.resolve("metrics.csv")));
    Path model = run.resolve("model.zip");
    String provenance = ModelArchive.readText(model, "mnist4j.json");
    assertEquals(
        provenance.replace("testAccuracy", "test-accuracy").replace("testLoss", "test-loss"),
        Provenance.fromJson(provenance).toJson());
    String state = ModelArchive.readText(run.resolve("checkpoint.zip"), "training.json");
    assertEquals(state, TrainingState.fromJson(state).toJson());
  }

  private String run(String... args) throws Exception {
    Mnist4jProcess.Result result = new CommandLineRun(directory).run(args);
    assertEquals(0, result.exitCode(), result.stderr());
    return result.stdout();
  }

  private static JsonNode json(String text) throws IOException {
    return new ObjectMapper().readTree(text);
  }
}
