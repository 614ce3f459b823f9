package io.mnist4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.cli.Mnist4jProcess.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.io.file.PathUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/** {@code train data.folds=K}. */
class CrossValidationTest {
  @TempDir Path directory;

  private Result run(String... args) throws Exception {
    return new CommandLineRun(directory).run(args);
  }

  private JsonNode json(String file) throws Exception {
    return new ObjectMapper().readTree(directory.resolve(file).toFile());
  }

  @Test
  void eachFoldValidatesOneTraining() throws Exception {
    Result result =
        run(
            "train",
            "--dataset",
            "strokes",
            "--epochs",
            "1",
            "--hidden",
            "8",
            "--no-report",
            "--name",
            "r",
            "data.folds=3",
            "data.limit=300");
    assertEquals(0, result.exitCode(), result.stderr());
    assertTrue(result.stderr().contains("Run 2 of 3, validated by fold 2"), result.stderr());
    assertTrue(
        result.stderr().contains("300 images, 20,000 to validate, 10,000 to test"),
        result.stderr());
    String[] lines = result.stdout().split("\\R", -1);
    assertTrue(lines[0].startsWith("Fold 1: validation accuracy 0."), lines[0]);
    assertTrue(
        lines[3].matches("Validation accuracy: 0\\.\\d{4} ± 0\\.\\d{4} .* of 3 folds"), lines[3]);
    assertTrue(lines[4].startsWith("Test accuracy: "), lines[4]);
    JsonNode all = json("runs/r/repeat.json");
    assertEquals(3, all.get("folds").asInt());
    double sum = 0;
    for (int i = 1; i <= 3; i++) {
      JsonNode summary = json("runs/r/" + i + "/summary.json");
      double accuracy = summary.at("/epochs/0/validation-accuracy").asDouble();
      sum += accuracy;
      assertEquals(accuracy, all.at("/runs/" + (i - 1) + "/validation-accuracy").asDouble());
      JsonNode evaluation =
          new ObjectMapper()
              .readTree(
                  run("evaluate", "runs/r/" + i, "--split", "validation", "--format", "json")
                      .stdout());
      assertEquals(accuracy, evaluation.get("test-accuracy").asDouble(), "the same images");
      assertTrue(
          Files.readString(directory.resolve("runs/r/" + i + "/config.yaml"))
              .contains("fold: " + i + " "));
    }
    assertEquals(sum / 3, all.at("/validation-accuracy/mean").asDouble(), 1e-12);

    String whole = Files.readString(directory.resolve("runs/r/repeat.json"));
    PathUtils.deleteDirectory(directory.resolve("runs/r/2"));
    Result resumed = run("train", "--resume", "runs/r", "--no-report");
    assertEquals(0, resumed.exitCode(), resumed.stderr());
    assertEquals(whole, Files.readString(directory.resolve("runs/r/repeat.json")));
    Result more = run("train", "--resume", "runs/r", "--repeat", "4");
    assertEquals(2, more.exitCode());
    assertEquals(
        "mnist4j: runs/r has a run for each of 3 folds; there are no more", more.stderr().strip());
  }

  @Test
  void wrongUseIsSaid() throws Exception {
    assertEquals(
        "mnist4j: --repeat and data.folds each ask for several runs; give one of them"
            + " (see mnist4j train --help)",
        run("train", "--repeat", "3", "data.folds=3").stderr().strip());
    assertEquals(
        "mnist4j: data.folds=1: data.folds must be 0 (none) or at least 2, not 1",
        run("train", "data.folds=1").stderr().strip());
    assertEquals(
        "mnist4j: data.folds=3: data.folds validate with a part of the training images each; leave"
            + " validation out",
        run("train", "data.validation=0.1", "data.folds=3").stderr().strip());
    Result rare =
        run("train", "--dataset", "strokes", "data.folds=100000", "data.fold=1", "--dry-run");
    assertEquals(2, rare.exitCode());
    assertTrue(
        rare.stderr().contains("data.folds must be at most ")
            && rare.stderr().contains("the training images of the rarest class"),
        rare.stderr());
    Files.writeString(
        directory.resolve("s.yaml"), "trials: 2\nspace: {training.batch-size: [10, 20]}\n");
    Result sweep = run("sweep", "s.yaml", "--dry-run", "data.folds=3");
    assertEquals(2, sweep.exitCode());
    assertEquals(
        "mnist4j: data.folds: the trials of a sweep are judged by the same images; leave it out",
        sweep.stderr().strip());
  }

  /** Also where the experiment says nothing of it: the test set is for the end alone. */
  @Test
  void trialsOfASweepAreNeverJudgedByTheTestSet() throws Exception {
    Files.writeString(
        directory.resolve("s.yaml"), "trials: 2\nspace: {training.batch-size: [10, 20]}\n");
    assertEquals(0, run("sweep", "create", "s.yaml", "--name", "s").exitCode());
    String base = Files.readString(directory.resolve("sweeps/s/base.yaml"));
    assertTrue(base.contains("validation: \"0.1\"") || base.contains("validation: 0.1"), base);
  }
}
