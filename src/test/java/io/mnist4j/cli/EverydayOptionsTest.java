package io.mnist4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.cli.Mnist4jProcess.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/** Options that every trainer has, and settings as arguments. */
class EverydayOptionsTest {
  @TempDir Path directory;

  private Result run(String... args) throws Exception {
    return new CommandLineRun(directory).run(args);
  }

  private String config(String... args) throws Exception {
    Result result =
        run(
            Stream.of(Stream.of("train"), Stream.of(args), Stream.of("--print-config"))
                .flatMap(words -> words)
                .toArray(String[]::new));
    assertEquals("", result.stderr());
    assertEquals(0, result.exitCode());
    return result.stdout();
  }

  @Test
  void settingAsAnArgumentIsWhatSetMakesOfIt() throws Exception {
    String set =
        config(
            "--set", "training.optimizer.beta1=0.8", "--set", "model.layers=[{dense: {units: 9}}]");
    assertEquals(set, config("training.optimizer.beta1=0.8", "model.layers=[{dense: {units: 9}}]"));
    assertTrue(set.contains("beta1: 0.8\n"), set);
    assertTrue(config("--set", "seed=3", "seed=4").contains("\nseed: 4 "), "the argument wins");
    assertTrue(config("seed=4", "--seed", "5").contains("\nseed: 5 "), "the option wins");
  }

  @Test
  void optionsOfTheOptimizerAndTheNetworkAreKeys() throws Exception {
    String options =
        config("--optimizer", "adamw", "--weight-decay", "0.01", "--hidden", "512,256");
    assertEquals(
        config(
            "training.optimizer.name=adamw",
            "training.regularization.weight-decay=0.01",
            "model.layers=[{dense: {units: 512}}, {dense: {units: 256}}]"),
        options);
  }

  @Test
  void deviceIsTheBackend() throws Exception {
    Result result =
        run("train", "--dataset", "strokes", "--dry-run", "--device", "tpu", "data.limit=100");
    assertEquals(2, result.exitCode());
    assertEquals(
        "mnist4j: --backend must be cpu, cuda or auto, not 'tpu' (see mnist4j train --help)",
        result.stderr().strip());
  }

  @Test
  void dryRunTriesABatchAndWritesNothing() throws Exception {
    Result result =
        run(
            "train",
            "--dataset",
            "strokes",
            "--dry-run",
            "--hidden",
            "16",
            "--device",
            "cpu",
            "data.limit=500",
            "data.validation=0.2",
            "training.batch-size=50");
    assertEquals(0, result.exitCode(), result.stderr());
    assertTrue(result.stdout().contains("\n  dataset: strokes"), result.stdout());
    assertTrue(result.stdout().contains("dense"), result.stdout());
    assertTrue(result.stdout().contains("parameters: 12,730\n"), result.stdout());
    assertTrue(
        result
            .stdout()
            .contains("Training on strokes: 500 images, 12,000 to validate, 10,000 to test"),
        result.stdout());
    assertTrue(
        result
            .stdout()
            .lines()
            .reduce((first, last) -> last)
            .orElseThrow()
            .matches(
                "A batch of 50 images: loss 2\\.\\d{4}\\. All is right, and nothing was written"),
        result.stdout());
    assertEquals("", result.stderr().replaceAll("Computing on the CPU.*\\R", ""));
    try (Stream<Path> files = Files.list(directory)) {
      assertEquals(List.of(), files.toList());
    }
  }

  @Test
  void dryRunIsADocument() throws Exception {
    Result result =
        run("train", "--dataset", "strokes", "--dry-run", "data.limit=500", "--format", "json");
    JsonNode document = new ObjectMapper().readTree(result.stdout());
    assertEquals(128, document.get("batch-images").asInt());
    assertEquals(101_770, document.get("parameters").asInt());
    assertEquals("strokes", document.at("/config/data/dataset").asText());
    assertEquals("dense", document.at("/layers/0/name").asText());
    assertTrue(document.get("batch-loss").asDouble() > 1.5, result.stdout());
    assertFalse(Files.exists(directory.resolve("runs")));
  }

  @Test
  void dryRunFindsWhatARunWouldBeRefusedFor() throws Exception {
    Result result =
        run(
            "train",
            "--dataset",
            "strokes",
            "--dry-run",
            "data.limit=500",
            "model.layers=[{conv2d: {kernel: 99}}, flatten]");
    assertEquals(2, result.exitCode());
    assertTrue(result.stderr().contains("model.layers.0"), result.stderr());
  }

  @Test
  void sweepTakesSettingsOfItsExperimentAsArguments() throws Exception {
    Files.writeString(
        directory.resolve("s.yaml"), "space: {training.batch-size: [10, 20]}\ntrials: 2\n");
    Result created =
        run("sweep", "create", "s.yaml", "data.limit=77", "--name", "s", "training.epochs=2");
    assertEquals(0, created.exitCode(), created.stderr());
    String kept = Files.readString(directory.resolve("sweeps/s/base.yaml"));
    assertTrue(kept.contains("limit: 77"), kept);
    assertTrue(kept.contains("epochs: 2"), kept);
    Result wrong = run("sweep", "s.yaml", "--dry-run", "training.epoch=2");
    assertEquals(2, wrong.exitCode());
    assertEquals(
        "mnist4j: training.epoch=2: training.epoch is not a key; did you mean epochs?",
        wrong.stderr().strip());
    assertEquals(
        "mnist4j: FILE is missing (see mnist4j sweep create --help)",
        run("sweep", "create").stderr().strip());
  }
}
