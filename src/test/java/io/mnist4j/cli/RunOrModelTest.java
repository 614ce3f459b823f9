package io.mnist4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.cli.Mnist4jProcess.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a model is asked for, the folder of a run will do, and the other way round. */
class RunOrModelTest {
  @TempDir Path directory;

  private Result run(String... args) throws Exception {
    return new CommandLineRun(directory).run(args);
  }

  private static String trained(String file) throws Exception {
    return TrainedRuns.strokes().resolve("runs/m").resolve(file).toString();
  }

  @Test
  void evaluateTakesARun() throws Exception {
    Result ofRun = run("evaluate", trained(""), "--format", "json");
    assertEquals(0, ofRun.exitCode(), ofRun.stderr());
    assertEquals(
        run("evaluate", trained("model.zip"), "--format", "json").stdout(), ofRun.stdout());
  }

  @Test
  void exportTakesARun() throws Exception {
    Result result = run("export", trained(""), "--output", "w.npz");
    assertEquals(0, result.exitCode(), result.stderr());
    assertTrue(Files.size(directory.resolve("w.npz")) > 10_000);
  }

  /** The model is written beside the run's own. */
  @Test
  void exportOfARunLiesInItsFolder() throws Exception {
    Path run = Files.createDirectories(directory.resolve("r"));
    Files.copy(Path.of(trained("model.zip")), run.resolve("model.zip"));
    assertEquals(0, run("export", "r", "--format", "csv").exitCode());
    assertTrue(Files.exists(run.resolve("model.csv")));
  }

  @Test
  void predictTakesARun() throws Exception {
    Path picture = directory.resolve("seven.png");
    Files.write(picture, new byte[] {1});
    Result result = run("predict", "--model", trained(""), picture.toString());
    assertEquals(3, result.exitCode(), "the picture is none");
    assertTrue(result.stderr().contains("seven.png"), result.stderr());
    assertEquals(
        run("predict", "--model", trained("model.zip"), picture.toString()).stderr(),
        result.stderr());
  }

  @Test
  void sweepHasTheModelOfItsBestSettings() throws Exception {
    Path last = Files.createDirectories(directory.resolve("sweeps/s"));
    Files.copy(Path.of(trained("model.zip")), last.resolve("model.zip"));
    Result result = run("export", "sweeps/s", "--output", "w.npz");
    assertEquals(0, result.exitCode(), result.stderr());
  }

  @Test
  void runThatHasNotEndedIsToldApart() throws Exception {
    Path cut = Files.createDirectories(directory.resolve("runs/cut"));
    Files.writeString(cut.resolve("config.yaml"), "seed: 1\n");
    String problem =
        "mnist4j: runs/cut has no model.zip: that run has not come to its end;"
            + " `mnist4j train --resume runs/cut` goes on\n";
    for (String[] line :
        new String[][] {
          {"evaluate", "runs/cut"},
          {"export", "runs/cut", "--format", "csv"},
          {"predict", "--model", "runs/cut", "a.png"},
          {"serve", "runs/cut"}
        }) {
      Result result = run(line);
      assertEquals(3, result.exitCode(), line[0]);
      assertEquals(problem, result.stderr().replace("\r\n", "\n").replace('\\', '/'), line[0]);
    }
  }

  @Test
  void otherFolderIsNoModel() throws Exception {
    Files.createDirectories(directory.resolve("empty"));
    Result result = run("evaluate", "empty");
    assertEquals(3, result.exitCode());
    assertEquals("mnist4j: empty is a folder; name the model.zip in it", result.stderr().strip());
  }

  @Test
  void reportTakesAModelOfARun() throws Exception {
    Result ofModel = run("report", trained("model.zip"), "--output", "a");
    assertEquals(0, ofModel.exitCode(), ofModel.stderr());
    assertEquals(0, run("report", trained(""), "--output", "b").exitCode());
    assertEquals(
        Files.readString(directory.resolve("b/report.html")),
        Files.readString(directory.resolve("a/report.html")));
    Result compared = run("report", trained("model.zip"), trained(""), "--output", "c");
    assertEquals(0, compared.exitCode(), compared.stderr());
  }

  @Test
  void resumeTakesAModelOfARun() throws Exception {
    Result result = run("train", "--resume", trained("model.zip"), "--quiet", "--format", "json");
    assertEquals(0, result.exitCode(), result.stderr());
    assertEquals(Files.readString(Path.of(trained("summary.json"))), result.stdout());
  }

  @Test
  void modelOutsideARunIsNoRun() throws Exception {
    Files.copy(Path.of(trained("model.zip")), directory.resolve("model.zip"));
    Result report = run("report", "model.zip");
    assertEquals(3, report.exitCode());
    assertEquals("mnist4j: model.zip is a file; name the folder of a run", report.stderr().strip());
    Result resumed = run("train", "--resume", "model.zip");
    assertEquals(2, resumed.exitCode());
    assertEquals(
        "mnist4j: model.zip is no run that could go on: it has no config.yaml",
        resumed.stderr().strip());
  }
}
