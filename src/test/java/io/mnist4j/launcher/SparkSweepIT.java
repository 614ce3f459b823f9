package io.mnist4j.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.data.idx.IdxFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/** Sweeps on a real Spark cluster, whose processes are killed meanwhile. */
@Tag("spark")
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "bash scripts")
class SparkSweepIT {
  private static final String RATES =
      """
      space:
        training.optimizer.learning-rate: {log-uniform: [1e-6, 1e-2]}
      """;

  @TempDir static Path shared;
  private static Path data;
  private static SparkCluster cluster;

  @TempDir Path directory;

  @BeforeAll
  static void startCluster() throws Exception {
    data = IdxFixture.write(shared.resolve("rows"), IdxFixture.rows(8_000, 500, 12, 10));
    cluster = new SparkCluster(Files.createDirectory(shared.resolve("cluster")));
  }

  @AfterAll
  static void endCluster() throws Exception {
    cluster.close();
  }

  @BeforeEach
  void writeBase() throws IOException {
    write(
        "base.yaml",
        """
        data: {dataset: '%s', validation: 0.25}
        training: {epochs: 12, batch-size: 16}
        """
            .formatted(data));
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(directory.resolve(name), text);
  }

  private Launcher program() throws IOException {
    return SparkCluster.program(directory);
  }

  private static String[] onCluster(String... args) {
    return Stream.concat(
            Stream.of("sweep", "--no-report", "--master", cluster.master()), Arrays.stream(args))
        .toArray(String[]::new);
  }

  private List<JsonNode> journal(String sweep) throws IOException {
    List<JsonNode> entries = new ArrayList<>();
    Path file = directory.resolve("sweeps").resolve(sweep).resolve("journal.jsonl");
    for (String line : Files.readAllLines(file)) {
      entries.add(new ObjectMapper().readTree(line));
    }
    return entries;
  }

  private boolean hasEpoch(String sweep, int trial) {
    Path file = directory.resolve("sweeps").resolve(sweep).resolve("journal.jsonl");
    try {
      return Files.exists(file)
          && Files.readString(file).contains("\"event\":\"epoch\",\"trial\":" + trial + ",");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      assertTrue(
          System.nanoTime() - start < TimeUnit.MINUTES.toNanos(3), "waited for three minutes");
      Thread.sleep(10);
    }
  }

  /** Trial → its epochs and its end, as the journal has them, without times. */
  private Map<Integer, List<String>> histories(String sweep) throws IOException {
    Map<Integer, List<String>> histories = new TreeMap<>();
    for (JsonNode entry : journal(sweep)) {
      List<String> history =
          histories.computeIfAbsent(entry.path("trial").asInt(-1), trial -> new ArrayList<>());
      switch (entry.get("event").asText()) {
        case "started" -> history.clear();
        case "epoch" -> history.add(entry.get("epoch") + " " + entry.get("validation-loss"));
        case "ended" -> history.add(entry.get("state").asText());
        default -> {}
      }
    }
    histories.remove(-1);
    return histories;
  }

  @Test
  void killedExecutorLosesNoTrialAndRunsNoneTwice() throws Exception {
    write("file.yaml", "base: base.yaml\nmethod: random\ntrials: 6\n" + RATES);
    Launcher.Result here =
        program().run("sweep", "--no-report", "file.yaml", "--name", "here", "--parallel", "2");
    assertEquals(0, here.exitCode(), here.stderr());

    Launcher launcher = program();
    Process sweep = launcher.start(onCluster("file.yaml", "--name", "there"));
    await(() -> hasEpoch("there", 2));
    assertEquals(2, cluster.executors().size());
    assertTrue(cluster.executors().get(0).destroyForcibly());
    Launcher.Result result = launcher.finish(sweep);
    assertEquals(0, result.exitCode(), result.stderr());
    assertTrue(result.stderr().contains("2 at once"), result.stderr());

    Map<Integer, List<String>> histories = histories("there");
    assertEquals(histories("here"), histories);
    assertEquals(6, histories.size());
    long ends =
        journal("there").stream().filter(e -> e.path("event").asText().equals("ended")).count();
    assertEquals(6, ends);
    assertEquals(
        here.stdout().lines().skip(1).toList().get(0),
        result.stdout().lines().skip(1).toList().get(0));
  }

  /** One trial at a time: the n-th is Spark's n-th stage. */
  @Test
  void trialThatEndsItsExecutorEachTimeFailsAlone() throws Exception {
    write("file.yaml", "base: base.yaml\nmethod: random\ntrials: 4\nparallel: 1\n" + RATES);
    String killer = ExecutorKiller.flag(directory, "stage 1.0");
    Launcher.Result result =
        program()
            .run(
                onCluster(
                    "file.yaml",
                    "--name",
                    "deadly",
                    "--retries",
                    "0",
                    "--conf",
                    "spark.executor.extraJavaOptions='" + killer + "'"));
    assertEquals(0, result.exitCode(), result.stderr());
    List<String> states = new ArrayList<>();
    histories("deadly").values().forEach(history -> states.add(history.get(history.size() - 1)));
    assertEquals(List.of("complete", "failed", "complete", "complete"), states);
    // On a busy machine the trial may report an epoch before its executor is ended.
    assertTrue(
        Pattern.compile("^Trial 1: .*, failed \\(ExecutorLost", Pattern.MULTILINE)
            .matcher(result.stderr())
            .find(),
        result.stderr());
  }

  @Test
  void trialsAreStoppedOnExecutorsAsTheyAreHere() throws Exception {
    write(
        "file.yaml",
        "base: base.yaml\nmethod: random\nscheduler: asha\ntrials: 8\nparallel: 1\n" + RATES);
    assertEquals(0, program().run("sweep", "--no-report", "file.yaml", "--name", "a").exitCode());
    Launcher.Result result = program().run(onCluster("file.yaml", "--name", "b"));
    assertEquals(0, result.exitCode(), result.stderr());
    assertEquals(histories("a"), histories("b"));
    assertTrue(
        histories("b").values().stream().anyMatch(history -> history.contains("pruned")),
        histories("b").toString());
  }

  @Test
  void sweepWhoseDriverIsKilledGoesOn() throws Exception {
    write("file.yaml", "base: base.yaml\nmethod: random\ntrials: 5\n" + RATES);
    Process sweep = program().start(onCluster("file.yaml", "--name", "cut"));
    await(() -> hasEpoch("cut", 3));
    sweep.destroyForcibly().waitFor();
    Map<Integer, List<String>> before = histories("cut");
    assertFalse(before.get(3).contains("complete"));

    Launcher.Result result = program().run(onCluster("--resume", "sweeps/cut"));
    assertEquals(0, result.exitCode(), result.stderr());
    Map<Integer, List<String>> histories = histories("cut");
    assertEquals(5, histories.size());
    for (List<String> history : histories.values()) {
      assertEquals(13, history.size());
      assertEquals("complete", history.get(12));
    }
    assertEquals(
        5, journal("cut").stream().filter(e -> e.path("event").asText().equals("ended")).count());
    assertEquals(before.get(0), histories.get(0));
  }

  @Test
  void submittedByOthersItFindsItsMaster() throws Exception {
    write("file.yaml", "base: base.yaml\nmethod: random\ntrials: 2\n" + RATES);
    Path build = Path.of("target", "spark").toAbsolutePath();
    Process submit =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + Path.of("scripts", "spark.options").toAbsolutePath(),
                "-cp",
                build.resolve("spark") + "/*:" + build.resolve("lib") + "/*",
                "org.apache.spark.deploy.SparkSubmit",
                "--master",
                cluster.master(),
                "--conf",
                "spark.driver.host=127.0.0.1",
                build.resolve("mnist4j.jar").toString(),
                "sweep",
                "--no-report",
                "file.yaml",
                "--name",
                "submitted")
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("submit.txt").toFile())
            .start();
    assertTrue(submit.waitFor(3, TimeUnit.MINUTES));
    String output = Files.readString(directory.resolve("submit.txt"));
    assertEquals(0, submit.exitValue(), output);
    assertTrue(output.contains("2 trials: 2 complete"), output);
  }

  @Test
  void masterThatIsNotThereLeavesNothing() throws Exception {
    write("file.yaml", "base: base.yaml\nmethod: random\ntrials: 2\n" + RATES);
    Launcher.Result result = program().run("sweep", "file.yaml", "--master", "spark://127.0.0.1:9");
    assertEquals(6, result.exitCode(), result.stderr());
    assertEquals(
        "mnist4j: no Spark master answers at spark://127.0.0.1:9: Connection refused\n",
        result.stderr());
    assertFalse(Files.exists(directory.resolve("sweeps")));
  }
}
