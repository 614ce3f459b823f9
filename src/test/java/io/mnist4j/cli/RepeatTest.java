package io.mnist4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.backend.Backend;
import io.mnist4j.cli.Mnist4jProcess.Result;
import io.mnist4j.data.fetch.FetchSettings;
import io.mnist4j.data.store.DataStore;
import io.mnist4j.run.Experiment;
import io.mnist4j.run.ExperimentFile;
import io.mnist4j.run.RunFolder;
import io.mnist4j.run.TrainingMonitor;
import io.mnist4j.run.TrainingRequest;
import io.mnist4j.run.repeat.RepeatFolder;
import io.mnist4j.run.repeat.RepeatSession;
import io.mnist4j.train.ThreadTuner;
import io.mnist4j.train.TrainingInterruptedException;
import io.mnist4j.train.TrainingListener.TrainingStep;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.commons.io.file.PathUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/** {@code train --repeat}: an experiment with one seed after another. */
class RepeatTest {
  private static final List<String> SMALL =
      List.of(
          "train",
          "--dataset",
          "strokes",
          "--epochs",
          "2",
          "--hidden",
          "16",
          "--quiet",
          "data.limit=600");

  @TempDir Path directory;

  private Result run(String... args) throws Exception {
    return new CommandLineRun(directory).run(args);
  }

  private Result train(String... more) throws Exception {
    List<String> line = new ArrayList<>(SMALL);
    line.addAll(Arrays.asList(more));
    return run(line.toArray(String[]::new));
  }

  private JsonNode json(String file) throws Exception {
    return new ObjectMapper().readTree(directory.resolve(file).toFile());
  }

  @Test
  void eachRunIsThatOfItsSeed() throws Exception {
    Result result = train("--repeat", "3", "--seed", "7", "--name", "r");
    assertEquals(0, result.exitCode(), result.stderr());
    assertEquals(0, train("--seed", "8", "--name", "single").exitCode());
    assertEquals(
        json("runs/single/summary.json").get("test-loss"),
        json("runs/r/2/summary.json").get("test-loss"));
    double[] accuracies = new double[3];
    for (int i = 0; i < 3; i++) {
      assertEquals(7 + i, json("runs/r/" + (i + 1) + "/summary.json").get("seed").asInt());
      accuracies[i] = json("runs/r/" + (i + 1) + "/summary.json").get("test-accuracy").asDouble();
    }
    double mean = Arrays.stream(accuracies).average().orElseThrow();
    double sd = Math.sqrt(Arrays.stream(accuracies).map(a -> (a - mean) * (a - mean)).sum() / 2);
    JsonNode summary = json("runs/r/repeat.json");
    assertEquals(mean, summary.at("/test-accuracy/mean").asDouble(), 1e-12);
    assertEquals(sd, summary.at("/test-accuracy/sd").asDouble(), 1e-12);
    Arrays.sort(accuracies);
    assertEquals(accuracies[0], summary.at("/test-accuracy/min").asDouble());
    assertEquals(accuracies[2], summary.at("/test-accuracy/max").asDouble());
    assertEquals(9, summary.at("/runs/2/seed").asInt());
    String[] lines = result.stdout().split("\\R", -1);
    assertTrue(lines[0].startsWith("Seed 7: test accuracy 0."), lines[0]);
    assertTrue(
        lines[3].matches(
            "Test accuracy: 0\\.\\d{4} ± 0\\.\\d{4} \\(0\\.\\d{4} to 0\\.\\d{4}\\), mean ± standard"
                + " deviation of 3 runs on 10,000 strokes images"),
        lines[3]);
    assertTrue(lines[4].startsWith("Test loss: "), lines[4]);
    assertTrue(Files.exists(directory.resolve("runs/r/3/report.html")));
    String page = Files.readString(directory.resolve("runs/r/report.html"));
    assertTrue(page.contains("seed"), "the comparison names what differs");
  }

  @Test
  void jsonIsTheSummaryFile() throws Exception {
    Result result = train("--repeat", "2", "--name", "r", "--no-report", "--format", "json");
    String file = Files.readString(directory.resolve("runs/r/repeat.json"));
    assertEquals(file.replace(directory + File.separator, ""), result.stdout());
    Result missed = run("train", "--resume", "runs/r", "--min-accuracy", "1", "--format", "json");
    assertEquals(4, missed.exitCode(), "the mean is below it");
  }

  @Test
  void whatWasCutGoesOnToTheSameResult() throws Exception {
    assertEquals(0, train("--repeat", "3", "--name", "r", "--no-report").exitCode());
    String whole = Files.readString(directory.resolve("runs/r/repeat.json"));
    Files.writeString(directory.resolve("runs/r/repeat.json"), "{\"repeats\": 3}");
    Files.delete(directory.resolve("runs/r/2/summary.json"));
    Files.delete(directory.resolve("runs/r/2/model.zip"));
    Files.delete(directory.resolve("runs/r/2/checkpoint.zip"));
    PathUtils.deleteDirectory(directory.resolve("runs/r/3"));
    Result resumed = run("train", "--resume", "runs/r", "--no-report");
    assertEquals(0, resumed.exitCode(), resumed.stderr());
    assertEquals(whole, Files.readString(directory.resolve("runs/r/repeat.json")));
    assertFalse(resumed.stderr().contains("Run 1 of 3"), resumed.stderr());
    assertTrue(resumed.stderr().contains("Run 2 of 3, seed 2"), resumed.stderr());
    assertTrue(resumed.stderr().contains("Run 3 of 3, seed 3"), resumed.stderr());
    Result again = run("train", "--resume", "runs/r", "--no-report");
    assertFalse(again.stderr().contains("Run "), again.stderr());
    assertEquals(resumed.stdout(), again.stdout());
  }

  @Test
  void moreRunsAndMoreEpochsMayFollow() throws Exception {
    assertEquals(0, train("--repeat", "2", "--name", "r", "--no-report").exitCode());
    Result more =
        run("train", "--resume", "runs/r", "--repeat", "3", "--epochs", "3", "--no-report");
    assertEquals(0, more.exitCode(), more.stderr());
    assertEquals(3, json("runs/r/repeat.json").get("runs").size());
    assertEquals(3, json("runs/r/1/summary.json").get("epochs").size());
    assertEquals(0, run("train", "--resume", "runs/r", "--no-report").exitCode());
    Result fewer = run("train", "--resume", "runs/r", "--repeat", "2");
    assertEquals(2, fewer.exitCode());
    assertEquals(
        "mnist4j: runs/r was begun with 3 runs and cannot go on with 2; start anew for that",
        fewer.stderr().strip());
    Result other = run("train", "--resume", "runs/r", "--seed", "9");
    assertEquals(2, other.exitCode());
    assertTrue(other.stderr().contains("runs/r was begun with seed 1"), other.stderr());
  }

  @Test
  void interruptedOnesGoOnWhereTheyWere() throws Exception {
    TrainingRequest request =
        new TrainingRequest(
            ExperimentFile.parse(
                "data: {dataset: strokes, limit: 600}\ntraining: {epochs: 1}\n", "test"),
            new DataStore(directory.resolve("data"), FetchSettings.of(Map.of())),
            Backend.cpu(),
            ThreadTuner.fixed(1),
            inputs -> RunFolder.of(directory),
            0,
            false,
            Optional.empty(),
            OptionalDouble.empty());
    RepeatSession session =
        RepeatSession.begin(
            request,
            3,
            (inputs, content) ->
                new RepeatFolder(RunFolder.create(directory, "r", content).path()));
    TrainingMonitor stopsInTheSecond =
        new TrainingMonitor() {
          private boolean second;
          private int step;

          @Override
          public void onRepeat(int number, int count, Experiment experiment) {
            second = number == 2;
          }

          @Override
          public void onStep(TrainingStep told) {
            step = told.step();
          }

          @Override
          public boolean stopRequested() {
            return second && step == 3;
          }
        };
    assertThrows(
        TrainingInterruptedException.class,
        () -> session.run(stopsInTheSecond, (run, summary) -> {}));
    assertFalse(Files.exists(directory.resolve("r/3")));
    Result resumed = run("train", "--resume", "r", "--no-report", "--format", "json");
    assertEquals(0, resumed.exitCode(), resumed.stderr());
    assertEquals(3, json("r/repeat.json").get("runs").size());
  }

  @Test
  void commandsKnowTheFolder() throws Exception {
    assertEquals(0, train("--repeat", "2", "--name", "r", "--no-report").exitCode());
    Result page = run("report", "runs/r");
    assertEquals(0, page.exitCode(), page.stderr());
    assertTrue(Files.exists(directory.resolve("runs/r/report.html")));
    Result evaluated = run("evaluate", "runs/r");
    assertEquals(3, evaluated.exitCode());
    assertEquals(
        "mnist4j: runs/r has several runs, each with a model; name one of them, such as runs/r/1",
        evaluated.stderr().strip());
    assertEquals(0, run("evaluate", "runs/r/2", "--quiet").exitCode());
    Result newest = run("predict", "none.png");
    assertTrue(newest.stderr().contains("Model: runs/r/2/model.zip"), newest.stderr());
  }

  @Test
  void wrongUseIsSaid() throws Exception {
    assertEquals(
        "mnist4j: --repeat must be 2 to 1000, not 1 (see mnist4j train --help)",
        run("train", "--repeat", "1").stderr().strip());
    assertEquals(
        "mnist4j: --repeat begins in a new folder; leave --exist-ok out (see mnist4j train --help)",
        run("train", "--repeat", "2", "--name", "r", "--exist-ok").stderr().strip());
    Files.createDirectories(directory.resolve("runs/one"));
    Result single = run("train", "--resume", "runs/one", "--repeat", "2");
    assertEquals(2, single.exitCode());
    assertEquals(
        "mnist4j: runs/one is a single run; --repeat begins several new ones, without --resume"
            + " (see mnist4j train --help)",
        single.stderr().strip());
    Files.writeString(directory.resolve("runs/one/repeat.json"), "{}");
    assertEquals(
        "mnist4j: --dry-run tries a new run; leave --resume out (see mnist4j train --help)",
        run("train", "--resume", "runs/one", "--dry-run").stderr().strip());
    Result damaged = run("train", "--resume", "runs/one");
    assertEquals(3, damaged.exitCode());
    assertEquals(
        "mnist4j: runs/one/repeat.json: lacks \"repeats\", a number from 1",
        damaged.stderr().strip());
  }
}
