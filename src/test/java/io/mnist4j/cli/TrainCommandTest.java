package io.mnist4j.cli;

import static io.mnist4j.cli.Mnist4jProcess.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mnist4j.cli.Mnist4jProcess.Result;
import io.mnist4j.data.idx.IdxFixture;
import io.mnist4j.model.archive.ModelArchive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/** {@code train} and {@code evaluate} on the embedded digits: what needs no file and no network. */
class TrainCommandTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Where nothing listens: the network is there, and MNIST is not. */
  private static final String NO_MIRROR = "http://127.0.0.1:9/";

  @TempDir static Path shared;
  @TempDir Path directory;
  private static Result trained;
  private static Path run;

  @BeforeAll
  static void trainOnce() throws Exception {
    trained =
        new CommandLineRun(shared)
            .run("train", "--dataset", "strokes", "--epochs", "2", "--seed", "3", "--lr", "0.004");
    run = shared.resolve("runs/default-strokes-1");
  }

  @Test
  void endsWithTheTestAccuracy() {
    assertEquals(0, trained.exitCode(), trained.stderr());
    assertTrue(
        trained
            .stdout()
            .matches(
                "Test accuracy: 0\\.9\\d \\(0\\.9\\d{3} on 10,000 strokes images; "
                    + "[0-9.]+ s, [0-9,]+ samples/s; "
                    + "runs.default-strokes-1.model\\.zip\\)\\R"),
        trained.stdout());
  }

  @Test
  void inAPipeOneLineAnEpochAndNoLogging() {
    List<String> lines = trained.stderr().lines().toList();
    assertEquals(4, lines.size(), trained.stderr());
    assertTrue(
        lines
            .get(0)
            .matches(
                "Training on strokes: 60,000 images, 10,000 to validate and to test; (1 thread|up to \\d+"
                    + " threads)"),
        lines.get(0));
    assertTrue(lines.get(1).startsWith("Epoch 1/2: loss "), lines.get(1));
    assertTrue(
        lines.get(2).matches("Epoch 2/2: loss .*, validation accuracy 0\\.9\\d{3}, .* s"),
        lines.get(2));
    assertEquals("Report: " + Path.of("runs/default-strokes-1/report.html"), lines.get(3));
  }

  @Test
  void writesTheRunDirectory() throws Exception {
    try (Stream<Path> files = Files.list(run)) {
      Set<String> names =
          files
              .map(file -> file.getFileName().toString())
              .collect(Collectors.toCollection(TreeSet::new));
      assertEquals(
          Set.of(
              "checkpoint.zip",
              "config.yaml",
              "metrics.csv",
              "model.zip",
              "report.html",
              "summary.json"),
          names);
    }
    List<String> metrics = Files.readAllLines(run.resolve("metrics.csv"));
    assertEquals(
        "epoch,train-loss,validation-loss,validation-accuracy,seconds,train-accuracy,learning-rate",
        metrics.get(0));
    assertEquals(3, metrics.size());
    String config = Files.readString(run.resolve("config.yaml"));
    assertTrue(config.contains("dataset: strokes"), config);
    assertTrue(config.contains("learning-rate: 0.004"), config);
    assertTrue(config.contains("seed: 3"), config);
  }

  @Test
  void summaryHasTheDocumentedKeys() throws Exception {
    JsonNode summary = JSON.readTree(run.resolve("summary.json").toFile());
    Set<String> keys = new TreeSet<>();
    summary.fieldNames().forEachRemaining(keys::add);
    // Where the system tells them.
    keys.removeAll(
        Set.of("peak-memory-bytes", "energy-joules", "energy-source", "energy-joules-per-epoch"));
    assertEquals(
        Set.of(
            "name",
            "settings",
            "validated-on",
            "dataset",
            "images",
            "train-images",
            "test-accuracy",
            "test-loss",
            "epochs",
            "ending",
            "best-epoch",
            "wall-seconds",
            "cpu-seconds",
            "train-seconds",
            "samples-per-second",
            "threads",
            "backend",
            "seed",
            "parameters",
            "finished",
            "model"),
        keys);
    assertEquals(10_000, summary.get("images").asInt());
    assertEquals(101_770, summary.get("parameters").asInt());
    assertEquals(3, summary.get("seed").asInt());
    assertEquals(2, summary.get("epochs").size());
    JsonNode last = summary.get("epochs").get(1);
    assertEquals(2, last.get("epoch").asInt());
    assertEquals(summary.get("test-accuracy"), last.get("validation-accuracy"));
    assertTrue(last.get("train-loss").asDouble() > 0);
    assertTrue(last.get("validation-loss").asDouble() > 0);
    assertTrue(last.get("seconds").asDouble() > 0);
    assertTrue(last.get("train-accuracy").asDouble() > 0.9);
    assertTrue(last.get("train-accuracy").asDouble() < 1);
    // Of the last step of all, which a linear schedule ends just before 0 with.
    assertEquals(0.004 / (2 * 469), last.get("learning-rate").asDouble(), 1e-9);
  }

  @Test
  void modelKnowsWhereItComesFrom() throws Exception {
    var provenance = ModelArchive.read(run.resolve("model.zip")).provenance();
    assertEquals("strokes", provenance.dataset());
    assertEquals(3, provenance.seed());
    assertEquals(10, provenance.labels().size());
    assertFalse(provenance.datasetSha256().isEmpty());
    assertEquals(Set.of("data", "model", "training", "seed"), provenance.config().keySet());
  }

  @Test
  void evaluateFindsTheSameAccuracyOnTheSameData() throws Exception {
    Result result =
        new CommandLineRun(directory)
            .run("evaluate", run.resolve("model.zip").toString(), "--format", "json");
    assertEquals(0, result.exitCode(), result.stderr());
    assertEquals("", result.stderr());
    JsonNode evaluation = JSON.readTree(result.stdout());
    JsonNode summary = JSON.readTree(run.resolve("summary.json").toFile());
    for (String key : List.of("dataset", "images", "test-accuracy", "parameters", "seed")) {
      assertEquals(summary.get(key), evaluation.get(key), key);
    }
    assertEquals(summary.get("test-loss").asDouble(), evaluation.get("test-loss").asDouble(), 1e-6);
    Result text =
        new CommandLineRun(directory).run("evaluate", run.resolve("model.zip").toString());
    List<String> lines = text.stdout().lines().toList();
    assertTrue(
        lines.get(0).matches("class +images +precision +95 % +recall +95 % +F1"), text.stdout());
    assertTrue(lines.get(1).matches("0 +1,0\\d\\d( +0\\.9\\d{3}){2}-0\\.9\\d{3}.*"), text.stdout());
    List<String> figures =
        List.of(
            "Loss: 0\\.\\d{4}",
            "Accuracy: 0\\.9\\d{3} \\(95 % interval 0\\.9\\d{3}-0\\.9\\d{3}\\)",
            "Top-3 accuracy: 0\\.99\\d\\d \\(95 % interval 0\\.99\\d\\d-0\\.99\\d\\d\\)",
            "Calibration error: 0\\.0\\d{3} \\(ECE, 15 bins\\)",
            "Worst class: \\d \\(F1 0\\.9.*\\)",
            "Test accuracy: 0\\.9\\d \\(0\\.9\\d{3}: 9,\\d{3} of 10,000 strokes images\\)");
    for (int i = 0; i < figures.size(); i++) {
      String line = lines.get(lines.size() - figures.size() + i);
      assertTrue(line.matches(figures.get(i)), text.stdout());
    }
  }

  @Test
  void configOfARunReproducesItToTheBit() throws Exception {
    Result again =
        new CommandLineRun(directory)
            .run(
                "train",
                "--config",
                run.resolve("config.yaml").toString(),
                "--format",
                "json",
                "--quiet",
                "--output",
                "out put",
                "--name",
                "again");
    assertEquals(0, again.exitCode(), again.stderr());
    assertEquals("", again.stderr());
    Path model = directory.resolve("out put/again/model.zip");
    assertEquals(
        ModelArchive.read(run.resolve("model.zip")).network().params(),
        ModelArchive.read(model).network().params());
    assertEquals(
        Path.of("out put", "again", "model.zip").toString(),
        JSON.readTree(again.stdout()).get("model").asText());
  }

  @Test
  void withoutMnistItFallsBackAndSaysSo() throws Exception {
    Result result =
        new CommandLineRun(directory)
            .environment("MNIST4J_MIRRORS", NO_MIRROR)
            .run("train", "--epochs", "1", "--set", "model.layers.0.dense.units=16");
    assertEquals(0, result.exitCode(), result.stderr());
    assertTrue(
        result.stderr().startsWith("mnist4j: WARNING: MNIST is not available"), result.stderr());
    assertTrue(result.stderr().contains("127.0.0.1"), result.stderr());
    assertTrue(result.stdout().contains("strokes images"), result.stdout());
    assertTrue(Files.exists(directory.resolve("runs/default-strokes-1/model.zip")));
  }

  @Test
  void askedForMnistItNeverFallsBack() throws Exception {
    Result result =
        new CommandLineRun(directory)
            .environment("MNIST4J_MIRRORS", NO_MIRROR)
            .run("train", "--dataset", "mnist", "--quiet");
    assertRefused(result, 3, "MNIST4J_DATA");
    assertFalse(Files.exists(directory.resolve("runs")));
  }

  @Test
  void unknownDataset() throws Exception {
    assertRefused(run("train", "--dataset", "mnits"), 2, "did you mean mnist?");
  }

  @Test
  void wrongSettings() throws Exception {
    Result result = run("train", "--epochs", "0", "--lr", "x", "--set", "training.bach-size=1");
    assertEquals(2, result.exitCode());
    assertEquals(3, result.stderr().lines().count(), result.stderr());
    assertTrue(result.stderr().contains("--epochs: training.epochs must be 1 to"));
    assertTrue(result.stderr().contains("did you mean batch-size?"));
    assertRefused(run("train", "--set", "seed"), 2, "--set takes KEY=VALUE, not 'seed'");
    assertRefused(run("train", "--config", "none.yaml"), 2, "none.yaml: no such");
    assertRefused(run("train", "--threads", "0"), 2, "--threads must be auto or 1 to");
    assertRefused(run("train", "--threads", "100000"), 2, "--threads must be auto or 1 to");
    assertRefused(run("train", "--format", "xml"), 2, "--format");
    assertRefused(run("train", "surplus"), 2, "surplus");
    assertRefused(run("evaluate"), 2, "MODEL");
  }

  @Test
  void runThatExistsIsNotTouched() throws Exception {
    Path existing = Files.createDirectories(directory.resolve("runs/mine"));
    Result result = run("train", "--dataset", "strokes", "--name", "mine");
    assertRefused(result, 2, "mine exists already; choose another --name");
    try (Stream<Path> files = Files.list(existing)) {
      assertEquals(0, files.count());
    }
  }

  @Test
  void nameThatLeavesTheFolder() throws Exception {
    assertRefused(run("train", "--dataset", "strokes", "--name", "../x"), 2, "--name");
    assertRefused(run("train", "--dataset", "strokes", "--name", ""), 2, "--name");
  }

  @Test
  void unwritableOutput() throws Exception {
    Files.writeString(directory.resolve("file"), "");
    assertRefused(run("train", "--dataset", "strokes", "--output", "file/runs"), 3, "file");
    assertRefused(run("train", "--dataset", "strokes", "--output", "file"), 3, "file");
  }

  /** On a file system of 400 kB, which only root may make. */
  @Test
  void fullDisk() throws Exception {
    Path small = Files.createDirectory(directory.resolve("small"));
    int mounted =
        new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", small.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor();
    assumeTrue(mounted == 0, "this user may not mount a small file system");
    try {
      Result result =
          run("train", "--dataset", "strokes", "--epochs", "1", "--quiet", "-o", "small");
      assertRefused(result, 3, "No space left on device");
      try (Stream<Path> files = Files.list(small.resolve("default-strokes-1"))) {
        assertTrue(files.noneMatch(file -> file.toString().endsWith(".tmp")));
      }
    } finally {
      new ProcessBuilder("umount", small.toString()).start().waitFor();
    }
  }

  @Test
  void memoryLimits() throws Exception {
    Result offHeap =
        new Mnist4jProcess(directory)
            .jvmFlag("-Dorg.bytedeco.javacpp.maxbytes=100m")
            .run("train", "--dataset", "strokes", "--set", "model.layers.0.dense.units=8000");
    assertRefused(offHeap, 2, "MNIST4J_OFF_HEAP");
    Result heap =
        new Mnist4jProcess(directory).jvmFlag("-Xmx32m").run("train", "--dataset", "strokes");
    assertRefused(heap, 2, "MNIST4J_HEAP");
  }

  @Test
  void verboseSaysWhichStepItLearnsWith() throws Exception {
    String fused = run(tiny("--verbose")).stderr();
    assertTrue(fused.contains("Learning by the fused step\n"), fused);
    assertFalse(run(tiny()).stderr().contains("Learning by"));
  }

  private String[] tiny(String... more) throws IOException {
    Path data = IdxFixture.write(directory.resolve("rows"), IdxFixture.rows(500, 80, 8, 8));
    List<String> arguments =
        new ArrayList<>(List.of("train", "--dataset", data.toString(), "--epochs", "1"));
    arguments.addAll(List.of(more));
    return arguments.toArray(String[]::new);
  }

  @Test
  void modelFilesThatAreNone() throws Exception {
    assertRefused(run("evaluate", "none.zip"), 3, "none.zip: no such file");
    Files.writeString(directory.resolve("text.zip"), "text");
    assertRefused(run("evaluate", "text.zip"), 3, "text.zip is no model that mnist4j reads");
    assertRefused(run("evaluate", "."), 3, "mnist4j: ");
  }

  @Test
  void divergenceHasItsExitCode() throws Exception {
    Result result =
        run(
            "train",
            "--quiet",
            "--dataset",
            "strokes",
            "--lr",
            "100",
            "--set",
            "training.optimizer.epsilon=1e-45",
            "--set",
            "training.optimizer.beta2=0",
            "--set",
            "model.layers=[{dense: {}}, {dense: {}}, {dense: {}}, {dense: {}}, {dense: {}}]");
    assertRefused(result, 5, "training diverged");
  }

  private Result run(String... args) throws Exception {
    return new CommandLineRun(directory).run(args);
  }
}
