package io.mnist4j.launcher;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.data.idx.IdxFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Federations whose clients train on a real Spark cluster. */
@Tag("spark")
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "bash scripts")
class SparkFederateIT {
  private static final int SECONDS_COLUMN = 9;

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

  /** Scaffold sends all that there is to send. */
  @BeforeEach
  void writeFederation() throws IOException {
    Files.writeString(
        directory.resolve("f.yaml"),
        """
        data: {dataset: '%s', validation: 0.25}
        model: {layers: [{dense: {units: 64}}]}
        clients: {classes: {count: 20, per-client: 2}}
        fraction: 0.5
        local: {epochs: 4, optimizer: {name: sgd, learning-rate: 0.02}}
        strategy: scaffold
        rounds: 12
        """
            .formatted(data));
  }

  private Launcher program() throws IOException {
    return SparkCluster.program(directory);
  }

  /** rounds.csv without seconds. */
  private List<String> rounds(String run) throws IOException {
    return Files.readAllLines(directory.resolve("runs").resolve(run).resolve("rounds.csv")).stream()
        .map(line -> line.substring(0, line.lastIndexOf(',')))
        .toList();
  }

  private byte[] coefficients(String run) throws IOException {
    Path model = directory.resolve("runs").resolve(run).resolve("model.zip");
    try (ZipFile zip = new ZipFile(model.toFile())) {
      return zip.getInputStream(zip.getEntry("coefficients.bin")).readAllBytes();
    }
  }

  @Test
  void clientsOfALostExecutorTrainOnAnotherToTheSameBits() throws Exception {
    assertEquals(
        0, program().run("federate", "f.yaml", "--no-report", "--name", "here").exitCode());
    assertTrue(rounds("here").get(0).split(",", -1).length == SECONDS_COLUMN);

    Launcher launcher = program();
    Process federation =
        launcher.start(
            "federate",
            "f.yaml",
            "--no-report",
            "--name",
            "there",
            "--checkpoint-every",
            "0",
            "--master",
            cluster.master());
    Path checkpoint = directory.resolve("runs/there/checkpoint.zip");
    long start = System.nanoTime();
    while (!Files.exists(checkpoint)) {
      assertTrue(System.nanoTime() - start < TimeUnit.MINUTES.toNanos(3), "no first round");
      Thread.sleep(10);
    }
    assertEquals(2, cluster.executors().size());
    assertTrue(cluster.executors().get(0).destroyForcibly());
    Launcher.Result result = launcher.finish(federation);
    assertEquals(0, result.exitCode(), result.stderr());
    assertTrue(result.stderr().contains("2 at once"), result.stderr());
    assertEquals(rounds("here"), rounds("there"));
    assertArrayEquals(coefficients("here"), coefficients("there"));
  }

  @Test
  void aDivergedClientEndsItWithItsCode() throws Exception {
    Launcher.Result result =
        program()
            .run(
                "federate",
                "f.yaml",
                "--no-report",
                "local.optimizer.learning-rate=100",
                "strategy=fedavg",
                "model.layers=[{dense: {units: 12, activation: identity}}, {dense: {units: 12, activation: identity}}]",
                "--master",
                cluster.master());
    assertEquals(5, result.exitCode(), result.stderr());
    assertTrue(result.stderr().contains("training diverged: "), result.stderr());
  }

  @Test
  void masterThatIsNotThereLeavesNothing() throws Exception {
    Launcher.Result result = program().run("federate", "f.yaml", "--master", "spark://127.0.0.1:9");
    assertEquals(6, result.exitCode(), result.stderr());
    assertEquals(
        "mnist4j: no Spark master answers at spark://127.0.0.1:9: Connection refused\n",
        result.stderr());
    assertFalse(Files.exists(directory.resolve("runs")));
  }
}
