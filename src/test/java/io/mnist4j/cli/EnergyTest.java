package io.mnist4j.cli;

import static io.mnist4j.cli.Mnist4jProcess.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.cli.Mnist4jProcess.Result;
import io.mnist4j.data.idx.IdxFixture;
import io.mnist4j.energy.EnergyCounter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/** Energy by the counters of a machine that takes 100 W. */
class EnergyTest {
  private static final long MICROJOULES_PER_MILLI = 100_000;

  @TempDir Path directory;
  private Path zone;
  private Thread processor;

  @BeforeEach
  void startProcessor() throws Exception {
    IdxFixture.write(directory.resolve("small"), IdxFixture.rows(300, 60, 8, 8));
    zone = Files.createDirectories(directory.resolve("sys/class/powercap/intel-rapl:0"));
    Files.writeString(zone.resolve("name"), "package-0\n");
    Files.writeString(zone.resolve("max_energy_range_uj"), "65532610987\n");
    show(0);
    System.setProperty(EnergyCounter.SYS_PROPERTY, directory.resolve("sys").toString());
    processor =
        new Thread(
            () -> {
              try {
                for (long millis = 1; ; millis++) {
                  Thread.sleep(1);
                  show(millis * MICROJOULES_PER_MILLI);
                }
              } catch (Exception e) {
                // The test is over.
              }
            });
    processor.start();
  }

  private void show(long microjoules) throws Exception {
    Path next = Files.writeString(directory.resolve("next"), microjoules + "\n");
    Files.move(next, zone.resolve("energy_uj"), StandardCopyOption.ATOMIC_MOVE);
  }

  @AfterEach
  void stopProcessor() throws Exception {
    System.clearProperty(EnergyCounter.SYS_PROPERTY);
    processor.interrupt();
    processor.join();
  }

  private Result run(String... args) throws Exception {
    return new CommandLineRun(directory).run(args);
  }

  private static JsonNode json(Result result) throws Exception {
    assertEquals(0, result.exitCode(), result.stderr());
    return new ObjectMapper().readTree(result.stdout());
  }

  @Test
  void ofTrainingAndItsEpochs() throws Exception {
    Result trained =
        run(
            "train",
            "--dataset",
            "small",
            "--epochs",
            "40",
            "--patience",
            "1",
            "--carbon",
            "360",
            "--set",
            "training.optimizer.learning-rate=0.05",
            "--name",
            "r",
            "--format",
            "json");
    JsonNode summary = json(trained);
    double joules = summary.get("energy-joules").asDouble();
    assertTrue(joules > 0, summary.toString());
    assertEquals("RAPL package-0", summary.get("energy-source").asText());
    assertEquals(joules / 10_000, summary.get("carbon-grams").asDouble(), 1e-9);
    assertEquals(360, summary.get("carbon-grams-per-kwh").asDouble());

    int done = summary.get("epochs").size();
    assertTrue(done < 40, "stopped early: " + done);
    double sum = 0;
    for (JsonNode epoch : summary.get("epochs")) {
      sum += epoch.get("energy-joules").asDouble();
    }
    assertTrue(sum <= joules, sum + " of " + joules);
    double mean = summary.get("energy-joules-per-epoch").asDouble();
    assertEquals(sum / done, mean, 1e-9);
    assertEquals((40 - done) * mean, summary.get("energy-saved-joules-estimate").asDouble(), 1e-9);

    String metrics = Files.readString(directory.resolve("runs/r/metrics.csv"));
    assertTrue(metrics.lines().findFirst().orElseThrow().endsWith(",energy-joules"), metrics);
    assertTrue(trained.stderr().contains("(an estimate: as much an epoch)"), trained.stderr());
    assertTrue(trained.stderr().contains(" g of CO2 at 360 g/kWh"), trained.stderr());
    String page = Files.readString(directory.resolve("runs/r/report.html"));
    assertTrue(page.contains("RAPL package-0, other programs' share included"), page);
    assertTrue(page.contains("joules an epoch"), page);
  }

  @Test
  void ofPredictionsAndSweeps() throws Exception {
    assertEquals(0, run("train", "--dataset", "small", "--epochs", "2", "--name", "r").exitCode());
    JsonNode tested = json(run("evaluate", "runs/r", "--format", "json"));
    assertEquals(
        tested.get("energy-joules").asDouble() / 60 * 1_000,
        tested.get("energy-joules-per-thousand").asDouble(),
        1e-6);
    Result predicted =
        run("predict", "--model", "runs/r", "--carbon", "10", "small/t10k-images-idx3-ubyte");
    assertTrue(
        predicted.stderr().contains(" for 1,000 predictions by RAPL package-0"),
        predicted.stderr());
    Files.writeString(
        directory.resolve("s.yaml"),
        """
        experiment: {data: {dataset: '%s', validation: 0.2}, training: {epochs: 1}}
        trials: 2
        space:
          training.batch-size: [16, 32]
        """
            .formatted(directory.resolve("small")));
    JsonNode swept = json(run("sweep", "s.yaml", "--format", "json"));
    assertTrue(swept.get("energy-joules").asDouble() > 0, swept.toString());
  }

  @Test
  void whereItIsNotKnownThatIsSaidOnlyIfItWasAskedFor() throws Exception {
    System.setProperty(EnergyCounter.SYS_PROPERTY, directory.resolve("none").toString());
    Result silent = run("train", "--dataset", "small", "--epochs", "1", "--name", "a");
    assertEquals(0, silent.exitCode());
    assertTrue(!silent.stderr().contains("nergy"), silent.stderr());
    Result asked =
        run("train", "--dataset", "small", "--epochs", "1", "--name", "b", "--carbon", "300");
    assertEquals(0, asked.exitCode());
    assertTrue(
        asked.stderr().contains("the energy is not known: Linux shows no counter"), asked.stderr());
    assertTrue(!Files.readString(directory.resolve("runs/b/summary.json")).contains("energy"));
    assertRefused(
        run("train", "--carbon", "-1"),
        2,
        "--carbon must be grams per kilowatt-hour, at least 0, not -1.0");
  }
}
