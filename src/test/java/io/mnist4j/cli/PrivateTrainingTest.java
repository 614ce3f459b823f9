package io.mnist4j.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.cli.Mnist4jProcess.Result;
import io.mnist4j.data.idx.IdxFixture;
import io.mnist4j.model.archive.ModelArchive;
import io.mnist4j.text.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/** Private runs, from settings to files. */
class PrivateTrainingTest {
  private static final int IMAGES = 1_000;

  @TempDir static Path shared;
  private static Path data;

  @TempDir Path directory;

  @BeforeAll
  static void write() throws Exception {
    data = IdxFixture.write(shared.resolve("rows"), IdxFixture.rows(IMAGES, 200, 8, 6));
  }

  private Result train(String name, String... more) throws Exception {
    List<String> all =
        new ArrayList<>(
            List.of(
                "train",
                "--dataset",
                data.toString(),
                "--name",
                name,
                "--hidden",
                "12",
                "--batch-size",
                "50"));
    all.addAll(List.of(more));
    if (!all.contains("--epochs")) {
      all.addAll(List.of("--epochs", "3"));
    }
    return new CommandLineRun(directory).run(all.toArray(String[]::new));
  }

  private static void assertDone(Result result) {
    assertEquals(0, result.exitCode(), result.stderr());
  }

  private float[] parameters(String name) throws Exception {
    Path model = directory.resolve("runs").resolve(name).resolve("model.zip");
    return ModelArchive.read(model).network().params().toFloatVector();
  }

  @Test
  void everyFileSaysWhatItTells() throws Exception {
    Result result =
        train("p", "training.privacy={epsilon: 3, clip: 0.5}", "--optimizer", "sgd", "--lr", "0.5");
    assertDone(result);
    assertTrue(result.stdout().contains("Privacy: epsilon 3.0000 at delta 1e-5"), result.stdout());
    assertTrue(
        result.stderr().contains("clipped to 0.5; epsilon 3.0000 at delta 1e-5 after 60 steps"),
        result.stderr());
    Path run = directory.resolve("runs/p");
    List<String> metrics = Files.readAllLines(run.resolve("metrics.csv"));
    assertTrue(metrics.get(0).endsWith(",epsilon"), metrics.get(0));
    assertTrue(metrics.get(3).matches(".*,(3\\.0000|2\\.9999)\\d\\d"), metrics.get(3));
    JsonNode summary = new ObjectMapper().readTree(run.resolve("summary.json").toFile());
    JsonNode privacy = summary.get("privacy");
    assertEquals(3, privacy.get("epsilon").asDouble(), 1e-4);
    assertEquals(0.5, privacy.get("clip").asDouble());
    assertEquals(0.05, privacy.get("sampling-rate").asDouble(), 1e-12);
    assertEquals(60, privacy.get("steps").asInt());
    assertTrue(privacy.get("accountant").asText().contains("Mironov"), privacy.toString());
    assertTrue(privacy.get("conversion").asText().contains("Canonne"), privacy.toString());
    assertFalse(privacy.has("seeded"));
    double first = summary.get("epochs").get(0).get("epsilon").asDouble();
    assertTrue(first > 0 && first < 3, "after an epoch: " + first);
    String page = Files.readString(run.resolve("report.html"));
    assertTrue(page.contains("Accuracy and privacy") && page.contains("Accountant: "), page);
    assertEquals(
        3, ModelArchive.read(run.resolve("model.zip")).provenance().metrics().get("epsilon"), 1e-4);
  }

  @Test
  void aPlainRunSaysNothingOfPrivacy() throws Exception {
    assertDone(train("plain"));
    Path run = directory.resolve("runs/plain");
    assertFalse(Files.readString(run.resolve("metrics.csv")).contains("epsilon"));
    assertFalse(Json.parse(Files.readString(run.resolve("summary.json"))).has("privacy"));
    assertFalse(Files.readString(run.resolve("report.html")).contains("Accuracy and privacy"));
  }

  @Test
  void aSecretRunIsNeverTheSameAndASeededOneProtectsNobody() throws Exception {
    String[] secret = {"training.privacy.noise=1"};
    assertDone(train("a", secret));
    assertDone(train("b", secret));
    assertFalse(Arrays.equals(parameters("a"), parameters("b")));
    String[] seeded = {"training.privacy={noise: 1, seeded: true}"};
    Result result = train("c", seeded);
    assertDone(result);
    assertTrue(result.stderr().contains("this run protects nobody"), result.stderr());
    assertDone(train("d", seeded));
    assertArrayEquals(parameters("c"), parameters("d"));
  }

  @Test
  void aRunGoesOnWithTheBudgetThatItHasSpent() throws Exception {
    String[] seeded = {
      "training.privacy={noise: 2, seeded: true}", "training.schedule.name=constant"
    };
    assertDone(train("whole", join(seeded, "--epochs", "5")));
    assertDone(train("cut", seeded));
    Result resumed =
        new CommandLineRun(directory).run("train", "--resume", "runs/cut", "--epochs", "5");
    assertDone(resumed);
    assertArrayEquals(parameters("whole"), parameters("cut"));
    assertEquals(epsilons("whole"), epsilons("cut"));
    String[] secret = {"training.privacy.noise=2"};
    assertDone(train("secret", secret));
    Result secretly =
        new CommandLineRun(directory).run("train", "--resume", "runs/secret", "--epochs", "5");
    assertDone(secretly);
    assertTrue(secretly.stderr().contains("Noise and batches are drawn anew"), secretly.stderr());
    assertEquals(epsilons("whole"), epsilons("secret"));
  }

  private List<String> epsilons(String name) throws Exception {
    return Files.readAllLines(directory.resolve("runs").resolve(name).resolve("metrics.csv"))
        .stream()
        .map(line -> line.substring(line.lastIndexOf(',') + 1))
        .toList();
  }

  private static String[] join(String[] some, String... more) {
    String[] all = Arrays.copyOf(some, some.length + more.length);
    System.arraycopy(more, 0, all, some.length, more.length);
    return all;
  }

  @Test
  void noiseThatWasMadeForSoManyEpochsFitsNoMore() throws Exception {
    assertDone(train("three", "training.privacy.epsilon=2"));
    Result more =
        new CommandLineRun(directory).run("train", "--resume", "runs/three", "--epochs", "5");
    assertEquals(2, more.exitCode());
    assertTrue(
        more.stderr().contains("begun with training.epochs 3 and cannot go on with 5"),
        more.stderr());
  }

  @Test
  void aLargeDeltaIsSpokenOf() throws Exception {
    Result result = train("d", "training.privacy={noise: 1, delta: 0.01}");
    assertDone(result);
    assertTrue(
        result.stderr().contains("training.privacy.delta should be well below 1 / 1,000"),
        result.stderr());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "training.privacy.epsilon=-1 | training.privacy.epsilon must be at least 0, not -1.0",
        "training.privacy={epsilon: 1, noise: 1} | training.privacy.noise must be 0 where epsilon",
        "training.privacy={epsilon: 1, clip: 0} | training.privacy.clip must be above 0, not 0.0",
        "training.privacy={epsilon: 1, delta: 1} | training.privacy.delta must be above 0 and",
        "training.privacy.clip=0.5 | training.privacy.epsilon must be above 0, or else noise",
        "training.privacy.seeded=true | training.privacy.epsilon must be above 0, or else noise",
        "training.privacy.epsilon=1e-7 | training.privacy.epsilon must be larger, not 1e-7",
        "training={privacy: {epsilon: 1}, mixup: 0.2} | training.mixup must be 0 with privacy",
        "training={privacy: {epsilon: 1}, group-weights: balanced} | group-weights must be none or"
            + " numbers",
        "training={privacy: {epsilon: 1}, group-balanced-batches: true} | group-balanced-batches"
            + " false, with privacy",
        "training={privacy: {epsilon: 1}, clipping: {norm: 1}} | training.clipping must be off",
        "training={privacy: {epsilon: 1}, class-weights: balanced} | training.class-weights must be",
        "training={privacy: {epsilon: 1}, stopping: {at-loss: 1}} | training.stopping must not look",
        "{training: {privacy: {epsilon: 1}}, model: {layers: [batchnorm]}} | model has a batchnorm",
      })
  void whatPrivacyForbidsIsRefused(String settings, String message) throws Exception {
    Result result;
    if (settings.startsWith("{")) {
      Path config = Files.writeString(directory.resolve("wrong.yaml"), settings);
      result = train("w", "--config", config.toString());
    } else if (settings.startsWith("training={")) {
      Path config =
          Files.writeString(
              directory.resolve("wrong.yaml"),
              "training: " + settings.substring("training=".length()));
      result = train("w", "--config", config.toString());
    } else {
      result = train("w", settings);
    }
    assertEquals(2, result.exitCode(), result.stderr());
    assertTrue(result.stderr().contains(message), result.stderr());
    assertFalse(Files.exists(directory.resolve("runs/w")));
  }
}
