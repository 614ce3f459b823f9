package io.mnist4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.cli.Mnist4jProcess.Result;
import io.mnist4j.data.idx.IdxFixture;
import io.mnist4j.hostile.Soak;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/** Runs that are cut, killed or ended, and go on. */
class ResumeTest {
  private static final int KILLS = Soak.isOn() ? 200 : 6;

  /**
   * Everything that could forget its state: dropout, running statistics, momentum, augmentation, a
   * validation part, early stopping.
   */
  private static final String EXPERIMENT =
      """
      data: {validation: 0.25}
      model:
        layers:
          - dense: {units: 24}
          - batchnorm
          - dropout: {rate: 0.2}
      training:
        epochs: 12
        batch-size: 10
        optimizer: {name: nadam, learning-rate: 0.01}
        schedule: {name: cosine, warmup-epochs: 1}
        augmentation: {shift: 1}
        stopping: {metric: validation-accuracy, patience: 12}
      """;

  @TempDir static Path shared;
  private static Path config;
  private static Path uninterrupted;

  @TempDir Path directory;

  @BeforeAll
  static void runWithoutInterruption() throws Exception {
    Path data = IdxFixture.write(shared.resolve("rows"), IdxFixture.rows(1_000, 200, 8, 6));
    config =
        Files.writeString(
            shared.resolve("experiment.yaml"),
            EXPERIMENT.replace("data: {", "data: {dataset: '" + data + "', "));
    Result result = new CommandLineRun(shared).run("train", "--config", config.toString());
    assertEquals(0, result.exitCode(), result.stderr());
    uninterrupted = shared.resolve("runs/experiment-rows-1");
  }

  @Test
  void killedAnywhereItEndsAtTheSameBits() throws Exception {
    Random random = new Random(20);
    int killed = 0;
    for (int run = 0; run < KILLS; run++) {
      Path place = Files.createDirectory(directory.resolve("run" + run));
      Process process =
          new Mnist4jProcess(place)
              .start(
                  "train",
                  "--config",
                  config.toString(),
                  "--name",
                  "cut",
                  "--checkpoint-every",
                  "0.1");
      Path cut = place.resolve("runs/cut");
      // Before the run begins, in each quarter of the epochs, and at the end.
      int epochs = run % 6 == 0 ? -3 + random.nextInt(3) : run % 6 * 3 - random.nextInt(3);
      waitUntil(Math.min(epochs, 12), cut.resolve("metrics.csv"), process);
      boolean ended = process.waitFor(random.nextInt(100), TimeUnit.MILLISECONDS);
      process.destroyForcibly().waitFor();
      killed += ended ? 0 : 1;
      CommandLineRun program = new CommandLineRun(place);
      assertNothingHalfWritten(cut);
      if (!Files.exists(cut)) {
        // Killed before the run began: there is nothing to go on with, and the same command works.
        assertEquals(
            0, program.run("train", "--config", config.toString(), "--name", "cut").exitCode());
      } else {
        Result resumed = program.run("train", "--resume", "runs/cut");
        assertEquals(0, resumed.exitCode(), resumed.stderr());
      }
      assertSameResult(cut);
    }
    assertTrue(killed >= KILLS / 2, killed + " of the runs were killed before they ended");
  }

  /** Waits for so many epochs; below 0, a part of a second from the start. */
  private static void waitUntil(int epochs, Path metrics, Process process) throws Exception {
    if (epochs < 0) {
      process.waitFor(-200L * epochs, TimeUnit.MILLISECONDS);
      return;
    }
    while (process.isAlive()
        && (!Files.exists(metrics) || Files.readAllLines(metrics).size() <= epochs)) {
      Thread.sleep(5);
    }
  }

  @Test
  void interruptedItSaysHowToGoOn() throws Exception {
    // So many epochs that no machine comes to the end before the signal.
    String[] train = {"train", "--config", config.toString(), "--name", "cut", "--epochs", "90000"};
    interrupt(Signals.interruptIsIgnored() ? "TERM" : "INT", train);
    Path run = directory.resolve("runs/cut");
    int epochs = Files.readAllLines(run.resolve("metrics.csv")).size();
    assertFalse(Files.exists(run.resolve("summary.json")));
    Files.delete(run.resolve("metrics.csv"));
    interrupt("TERM", "train", "--resume", "runs/cut");
    int more = Files.readAllLines(run.resolve("metrics.csv")).size();
    assertTrue(more > epochs, more + " epochs after " + epochs);
  }

  /** Waits until an epoch is done, signals, and looks at the last line and the exit code. */
  private void interrupt(String signal, String... train) throws Exception {
    Process process = new Mnist4jProcess(directory).start(train);
    await(directory.resolve("runs/cut/metrics.csv"));
    new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid())).start().waitFor();
    assertTrue(process.waitFor(20, TimeUnit.SECONDS));
    assertEquals(signal.equals("INT") ? 130 : 143, process.exitValue());
    String stderr = Files.readString(directory.resolve("stderr.txt"));
    String last = stderr.lines().reduce((first, second) -> second).orElse("");
    assertTrue(
        last.matches(
            "mnist4j: interrupted in epoch \\d+ after \\d+ of its steps; go on with: "
                + "mnist4j train --resume runs.cut"),
        stderr);
  }

  @Test
  void finishedRunSaysSo() throws Exception {
    Result result = resume("--format", "json");
    assertEquals(0, result.exitCode());
    assertTrue(result.stderr().contains("is finished"), result.stderr());
    assertEquals(
        new ObjectMapper().readTree(uninterrupted.resolve("summary.json").toFile()),
        new ObjectMapper().readTree(result.stdout()));
  }

  @Test
  void finishedRunWithoutReportSaysHowToGetIt() throws Exception {
    Path copy = Files.createDirectories(directory.resolve("copy"));
    for (String file : List.of("config.yaml", "summary.json", "model.zip")) {
      Files.copy(uninterrupted.resolve(file), copy.resolve(file));
    }
    CommandLineRun program = new CommandLineRun(directory);
    String missing = "Its report is missing; write it with: mnist4j report copy";
    assertTrue(program.run("train", "--resume", "copy").stderr().contains(missing));
    Result unwanted = program.run("train", "--resume", "copy", "--no-report");
    assertFalse(unwanted.stderr().contains(missing), unwanted.stderr());
  }

  @Test
  void otherSettingsAreRefusedByName() throws Exception {
    Result result = resume("--lr", "0.5", "--set", "model.layers.0.dense.units=3");
    assertEquals(2, result.exitCode());
    assertEquals(
        List.of(
            "mnist4j: %s was begun with model.layers.0.dense.units 24 and cannot go on with 3;"
                + " start a new run for that",
            "mnist4j: %s was begun with training.optimizer.learning-rate 0.01 and cannot go on with"
                + " 0.5; start a new run for that"),
        result.stderr().lines().map(line -> line.replace(uninterrupted.toString(), "%s")).toList());
    Result fewer = resume("--epochs", "3");
    assertEquals(2, fewer.exitCode());
    assertTrue(fewer.stderr().contains("training.epochs 12"), fewer.stderr());
  }

  @Test
  void epochsMayBeRaised() throws Exception {
    Path copy = Files.createDirectories(directory.resolve("copy"));
    try (Stream<Path> files = Files.list(uninterrupted)) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(file.getFileName()));
      }
    }
    Result result =
        new CommandLineRun(directory).run("train", "--resume", "copy", "--epochs", "14");
    assertEquals(0, result.exitCode(), result.stderr());
    assertEquals(15, Files.readAllLines(copy.resolve("metrics.csv")).size());
    assertTrue(Files.readString(copy.resolve("config.yaml")).contains("epochs: 14"));
  }

  @Test
  void whatIsNoRunIsRefused() throws Exception {
    Result result = new CommandLineRun(directory).run("train", "--resume", ".");
    assertEquals(2, result.exitCode());
    assertTrue(result.stderr().contains("it has no config.yaml"), result.stderr());
    Result both = new CommandLineRun(directory).run("train", "--resume", ".", "--name", "x");
    assertEquals(2, both.exitCode());
    assertTrue(both.stderr().contains("leave --output, --name and --exist-ok out"), both.stderr());
  }

  @Test
  void damagedCheckpointIsNamed() throws Exception {
    Path copy = Files.createDirectories(directory.resolve("copy"));
    Files.copy(uninterrupted.resolve("config.yaml"), copy.resolve("config.yaml"));
    byte[] checkpoint = Files.readAllBytes(uninterrupted.resolve("checkpoint.zip"));
    checkpoint[checkpoint.length / 2] ^= 1;
    Files.write(copy.resolve("checkpoint.zip"), checkpoint);
    Result result = new CommandLineRun(directory).run("train", "--resume", "copy");
    assertEquals(3, result.exitCode());
    assertTrue(result.stderr().contains("checkpoint.zip is damaged"), result.stderr());
  }

  @Test
  void otherDataIsRefused() throws Exception {
    Path rows = IdxFixture.write(directory.resolve("rows"), IdxFixture.rows(200, 40, 4, 6));
    CommandLineRun program = new CommandLineRun(directory);
    String[] train = {"train", "--dataset", rows.toString(), "--epochs", "1", "--name", "a"};
    assertEquals(0, program.run(train).exitCode());
    IdxFixture.write(rows, IdxFixture.rows(240, 40, 4, 6));
    Result result = program.run("train", "--resume", "runs/a", "--epochs", "2");
    assertEquals(3, result.exitCode(), result.stderr());
    assertTrue(result.stderr().contains("was begun on other data"), result.stderr());
  }

  private Result resume(String... options) throws Exception {
    String[] all = new String[options.length + 3];
    all[0] = "train";
    all[1] = "--resume";
    all[2] = uninterrupted.toString();
    System.arraycopy(options, 0, all, 3, options.length);
    return new CommandLineRun(directory).run(all);
  }

  /** Parameters, updater state and metrics; only times may differ. */
  private static void assertSameResult(Path run) throws Exception {
    for (String file : List.of("model.zip", "best.zip", "checkpoint.zip")) {
      for (String entry : List.of("coefficients.bin", "updaterState.bin")) {
        assertEquals(
            sha256(uninterrupted.resolve(file), entry), sha256(run.resolve(file), entry), file);
      }
    }
    assertEquals(metricsWithoutTimes(uninterrupted), metricsWithoutTimes(run));
    assertEquals(files(uninterrupted), files(run));
  }

  /** What was half written when the process was killed is gone; the report is made any time. */
  private static List<String> files(Path run) throws IOException {
    try (Stream<Path> files = Files.list(run)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> !file.equals("report.html"))
          .sorted()
          .toList();
    }
  }

  private static List<String> metricsWithoutTimes(Path run) throws IOException {
    return Files.readAllLines(run.resolve("metrics.csv")).stream()
        .map(line -> line.replaceFirst("^((?:[^,]*,){4})[^,]*,", "$1"))
        .toList();
  }

  private static void assertNothingHalfWritten(Path run) throws Exception {
    for (String file : List.of("model.zip", "best.zip", "checkpoint.zip")) {
      if (Files.exists(run.resolve(file))) {
        sha256(run.resolve(file), "coefficients.bin");
      }
    }
    if (Files.exists(run.resolve("summary.json"))) {
      new ObjectMapper().readTree(run.resolve("summary.json").toFile());
    }
  }

  private static String sha256(Path zip, String entry) throws Exception {
    try (ZipFile file = new ZipFile(zip.toFile());
        InputStream in = file.getInputStream(file.getEntry(entry))) {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(in.readAllBytes());
      return new BigInteger(1, digest).toString(16);
    }
  }

  private static void await(Path file) throws Exception {
    for (int i = 0; i < 2_400 && !Files.exists(file); i++) {
      Thread.sleep(25);
    }
    assertTrue(Files.exists(file), file.toString());
  }
}
