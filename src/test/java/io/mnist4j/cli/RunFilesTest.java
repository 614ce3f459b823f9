package io.mnist4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.cli.Mnist4jProcess.Result;
import io.mnist4j.data.idx.IdxFixture;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code train} writes and prints beside its result. */
class RunFilesTest {
  @TempDir Path directory;

  @BeforeEach
  void makeDataset() throws Exception {
    IdxFixture.write(directory.resolve("rows"), IdxFixture.rows(400, 80, 4, 6));
  }

  @Test
  void namedRunIsReplacedOnlyWhereAsked() throws Exception {
    assertEquals(0, train("--epochs", "3", "--name", "mine").exitCode());
    Path run = directory.resolve("runs/mine");
    Files.writeString(run.resolve("notes.txt"), "my own");
    Result refused = train("--epochs", "1", "--name", "mine");
    assertEquals(2, refused.exitCode());
    assertTrue(refused.stderr().contains("--exist-ok"), refused.stderr());
    assertEquals(4, Files.readAllLines(run.resolve("metrics.csv")).size());

    assertEquals(0, train("--epochs", "1", "--name", "mine", "--exist-ok").exitCode());
    assertEquals(2, Files.readAllLines(run.resolve("metrics.csv")).size());
    assertEquals("my own", Files.readString(run.resolve("notes.txt")));
  }

  @Test
  void unnamedRunsAreNumbered() throws Exception {
    train("--epochs", "1");
    train("--epochs", "1");
    assertTrue(Files.exists(directory.resolve("runs/default-rows-1/summary.json")));
    assertTrue(Files.exists(directory.resolve("runs/default-rows-2/summary.json")));
  }

  @Test
  void eventFilesWhereAsked() throws Exception {
    train("--epochs", "2", "--name", "plain");
    assertFalse(Files.exists(directory.resolve("runs/plain/tensorboard")));
    train("--epochs", "2", "--name", "drawn", "--tensorboard");
    try (Stream<Path> files = Files.list(directory.resolve("runs/drawn/tensorboard"))) {
      List<Path> all = files.toList();
      assertEquals(1, all.size());
      String name = all.get(0).getFileName().toString();
      assertTrue(name.startsWith("events.out.tfevents."), name);
      String content = Files.readString(all.get(0), StandardCharsets.ISO_8859_1);
      assertTrue(content.contains("accuracy/validation"));
    }
  }

  @Test
  void linesWithinAnEpochWhereAsked() throws Exception {
    Result result = train("--epochs", "1", "--batch-size", "40", "--log-interval", "4");
    List<String> lines = result.stderr().lines().toList();
    assertEquals(5, lines.size(), result.stderr());
    assertTrue(lines.get(1).startsWith("Epoch 1/1, step 4/10: loss "), lines.get(1));
    assertTrue(lines.get(2).startsWith("Epoch 1/1, step 8/10: loss "), lines.get(2));
  }

  @Test
  void printsTheModelAndEnds() throws Exception {
    Result result = train("--print-model", "--set", "model.layers.0.dense.units=5");
    assertEquals(0, result.exitCode(), result.stderr());
    // 4x6 pixels into 5 units, and those into 4 classes.
    assertTrue(result.stdout().contains("parameters: " + (25 * 5 + 6 * 4)), result.stdout());
    assertFalse(Files.exists(directory.resolve("runs")));
  }

  @Test
  void startsFromAnotherRun() throws Exception {
    assertEquals(0, train("--name", "base", "--set", "model.layers.0.dense.units=30").exitCode());
    Result next =
        train(
            "--from", "runs/base", "--name", "next", "--epochs", "1", "--set", "training.freeze=1");
    assertEquals(0, next.exitCode(), next.stderr());
    assertTrue(
        next.stderr().contains("Training starts from the weights of runs/base/model.zip\n"),
        next.stderr());
    String config = Files.readString(directory.resolve("runs/next/config.yaml"));
    assertTrue(config.contains("units: 30"), config);
    assertTrue(config.contains("from-sha256: "), config);
    String model = train("--from", "runs/base", "--print-model").stdout();
    assertTrue(model.matches("(?s).*dense +30 .*"), model);

    Result resumed =
        new CommandLineRun(directory).run("train", "--resume", "runs/next", "--epochs", "2");
    assertEquals(0, resumed.exitCode(), resumed.stderr());
    Mnist4jProcess.assertRefused(
        new CommandLineRun(directory).run("train", "--resume", "runs/next", "--from", "x.zip"),
        2,
        "runs/next was begun with training.from");
    Mnist4jProcess.assertRefused(train("--from", "nowhere.zip"), 3, "nowhere.zip: no such file");
    Mnist4jProcess.assertRefused(
        train("--set", "training.freeze=2"), 2, "training.freeze must be at most");
  }

  @Test
  void layersThatDoNotFitAreNamed() throws Exception {
    Result result = train("--set", "model.layers=[{conv2d: {kernel: 9}}, flatten]");
    assertEquals(2, result.exitCode());
    assertEquals(
        "mnist4j: model.layers.0: a 9x9 kernel does not fit into 4x6x1", result.stderr().strip());
  }

  @Test
  void earlyStoppingKeepsTheBest() throws Exception {
    Result result =
        train(
            "--epochs",
            "40",
            "--patience",
            "2",
            "--set",
            "training.stopping.metric=validation-accuracy",
            "--set",
            "training.stopping.min-delta=1",
            "--name",
            "early",
            "--format",
            "json");
    assertEquals(0, result.exitCode(), result.stderr());
    assertTrue(result.stdout().contains("\"ending\" : \"early-stopped\""), result.stdout());
    assertTrue(result.stdout().contains("\"best-epoch\" : 1"), result.stdout());
    Path run = directory.resolve("runs/early");
    assertEquals(4, Files.readAllLines(run.resolve("metrics.csv")).size());
    assertTrue(Files.exists(run.resolve("best.zip")));
  }

  private Result train(String... options) throws Exception {
    String[] all = new String[options.length + 3];
    all[0] = "train";
    all[1] = "--dataset";
    all[2] = "./rows";
    System.arraycopy(options, 0, all, 3, options.length);
    return new CommandLineRun(directory).run(all);
  }
}
