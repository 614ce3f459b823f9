package io.mnist4j.federated;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.cli.CommandLineRun;
import io.mnist4j.cli.Mnist4jProcess.Result;
import io.mnist4j.data.ImageSet;
import io.mnist4j.data.catalogue.FileRole;
import io.mnist4j.data.idx.IdxFixture;
import io.mnist4j.federated.clients.ClassesClients;
import io.mnist4j.model.archive.ModelArchive;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/** Federations on images that take milliseconds to learn. */
class FederationSessionTest {
  private static final int CLASSES = 8;

  @TempDir static Path shared;
  private static Path data;

  @TempDir Path directory;
  private CommandLineRun program;

  @BeforeAll
  static void writeImages() throws Exception {
    data = IdxFixture.write(shared.resolve("rows"), IdxFixture.rows(240, 100, CLASSES, 6));
  }

  @BeforeEach
  void writeConfig() throws Exception {
    program = new CommandLineRun(directory);
    Files.writeString(
        directory.resolve("fed.yaml"),
        """
        data: {dataset: '%s'}
        model: {layers: [{dense: {units: 12}}]}
        clients: {classes: {count: 8, per-client: 2}}
        fraction: 0.5
        dropouts: 0.25
        local: {epochs: 2, optimizer: {learning-rate: 0.2}}
        rounds: 5
        seed: 3
        """
            .formatted(data));
  }

  private Result federate(String name, String... more) throws Exception {
    List<String> args = new ArrayList<>(List.of("federate", "fed.yaml", "--name", name));
    args.addAll(List.of(more));
    Result result = program.run(args.toArray(String[]::new));
    assertEquals(0, result.exitCode(), result.stderr());
    return result;
  }

  private float[] model(String run) throws Exception {
    return parameters(directory.resolve("runs").resolve(run).resolve("model.zip"));
  }

  private static float[] parameters(Path file) throws Exception {
    return ModelArchive.read(file).network().params().ravel().toFloatVector();
  }

  /** All columns but the last, the seconds. */
  private List<String> rounds(String run) throws Exception {
    return Files.readAllLines(directory.resolve("runs").resolve(run).resolve("rounds.csv")).stream()
        .map(line -> line.substring(0, line.lastIndexOf(',')))
        .toList();
  }

  /** With one client, rounds of two epochs are a training of as many epochs, to the bit. */
  @Test
  void oneClientIsATraining() throws Exception {
    federate("one", "clients={iid: {count: 1}}", "fraction=1", "dropouts=0", "--rounds", "3");
    Result trained =
        program.run(
            "train",
            "--name",
            "trained",
            "--dataset",
            data.toString(),
            "--epochs",
            "6",
            "--batch-size",
            "10",
            "--optimizer",
            "sgd",
            "--lr",
            "0.2",
            "--seed",
            "3",
            "--no-report",
            "training.schedule.name=constant",
            "model.layers=[{dense: {units: 12}}]");
    assertEquals(0, trained.exitCode(), trained.stderr());
    assertArrayEquals(model("trained"), model("one"));
  }

  @Test
  void fedproxWithoutPullIsFedavg() throws Exception {
    federate("avg", "strategy=fedavg");
    federate("prox", "strategy={fedprox: {mu: 0}}");
    assertArrayEquals(model("avg"), model("prox"));
    assertEquals(rounds("avg"), rounds("prox"));
    federate("pulled", "strategy={fedprox: {mu: 1}}");
    assertFalse(Arrays.equals(model("avg"), model("pulled")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"fedavg", "fedprox", "fedavgm", "fedadam", "scaffold"})
  void eachStrategyIsThatOfThePaper(String strategy) throws Exception {
    // Softmax regression by steps on all images of a client: no order, no kink.
    String[] settings = {
      "model.layers=[]",
      "clients={classes: {count: 3, per-client: 2}}",
      "fraction=1",
      "dropouts=0",
      "local.batch-size=1000",
      "local.epochs=3",
      "local.optimizer.learning-rate=0.5",
      "strategy=" + strategy,
      "rounds=4"
    };
    federate(strategy, settings);
    settings[8] = "rounds=1";
    settings[6] = "local.optimizer.learning-rate=1e-30";
    settings[7] = "strategy=fedavg";
    federate("start-" + strategy, settings);
    TextbookFederation textbook = textbook(model("start-" + strategy));
    switch (strategy) {
      case "fedavg" -> textbook.average(4, 0);
      case "fedprox" -> textbook.average(4, 0.01);
      case "fedavgm" -> textbook.averageWithMomentum(4, 0.9, 1);
      case "fedadam" -> textbook.adam(4, 0.01, 0.9, 0.99, 1e-3);
      default -> textbook.scaffold(4, 1);
    }
    float[] found = model(strategy);
    for (int i = 0; i < found.length; i++) {
      assertEquals(textbook.w[i], found[i], 2e-5, strategy + ", parameter " + i);
    }
  }

  private TextbookFederation textbook(float... start) throws Exception {
    ImageSet train =
        IdxFixture.readImageSet(
            data.resolve(FileRole.TRAIN_IMAGES.gzipName().replace(".gz", "")),
            data.resolve(FileRole.TRAIN_LABELS.gzipName().replace(".gz", "")));
    FederationStartFixture fixture = new FederationStartFixture(train, CLASSES);
    int[][] dealt = new ClassesClients(3, 2).deal(fixture.split(), asked -> null, 3);
    ImageSet[] clients = Arrays.stream(dealt).map(train::subset).toArray(ImageSet[]::new);
    double[] w = new double[start.length];
    for (int i = 0; i < w.length; i++) {
      w[i] = start[i];
    }
    return new TextbookFederation(clients, CLASSES, 3, 0.5, w);
  }

  @ParameterizedTest
  @ValueSource(strings = {"fedavg", "fedavgm", "fedadam", "scaffold", "{fedprox: {mu: 0.5}}"})
  void cutAfterAnyRoundItGoesOnToTheSameBits(String strategy) throws Exception {
    federate("whole", "strategy=" + strategy);
    for (int cut = 1; cut < 5; cut++) {
      String name = "cut" + cut;
      federate(name, "strategy=" + strategy, "--rounds", String.valueOf(cut));
      Result resumed = program.run("federate", "--resume", "runs/" + name, "--rounds", "5");
      assertEquals(0, resumed.exitCode(), resumed.stderr());
      assertArrayEquals(model("whole"), model(name));
      assertEquals(rounds("whole"), rounds(name));
    }
  }

  /** Killed before its first checkpoint, or after the last round and before its model. */
  @Test
  void killedAnywhereItGoesOn() throws Exception {
    federate("whole");
    federate("early");
    Path early = directory.resolve("runs/early");
    for (String file : List.of("checkpoint.zip", "model.zip", "summary.json")) {
      Files.delete(early.resolve(file));
    }
    Files.writeString(early.resolve("rounds.csv"), "");
    assertEquals(0, program.run("federate", "--resume", "runs/early").exitCode());
    assertArrayEquals(model("whole"), model("early"));
    federate("late");
    Files.delete(directory.resolve("runs/late/model.zip"));
    Files.delete(directory.resolve("runs/late/summary.json"));
    assertEquals(0, program.run("federate", "--resume", "runs/late").exitCode());
    assertArrayEquals(model("whole"), model("late"));
    assertEquals(rounds("whole"), rounds("late"));
    Result again = program.run("federate", "--resume", "runs/late");
    assertTrue(again.stderr().contains("runs/late is finished"), again.stderr());
    assertTrue(again.stdout().contains("Test accuracy: "), again.stdout());
  }

  @ParameterizedTest
  @ValueSource(strings = {"fedavg", "scaffold"})
  void theThreadsDoNotMatter(String strategy) throws Exception {
    federate("one", "strategy=" + strategy, "--threads", "1");
    federate("two", "strategy=" + strategy, "--threads", "2");
    assertArrayEquals(model("one"), model("two"));
    assertEquals(rounds("one"), rounds("two"));
  }

  @Test
  void bytesAreThoseOfTheParameters() throws Exception {
    federate("avg");
    // 8 x 6 pixels, 12 units, 8 classes, and biases; four of eight clients are chosen.
    long parameters = 8 * 6 * 12 + 12 + 12 * 8 + 8;
    List<RoundMetrics> rounds = FederationFolder.of(directory.resolve("runs/avg")).readRounds();
    assertEquals(5, rounds.size());
    int dropped = 0;
    for (RoundMetrics round : rounds) {
      assertEquals(4, round.clients());
      assertEquals(4 * parameters * 4, round.bytesDown());
      assertEquals(4 * parameters * round.answered(), round.bytesUp());
      dropped += 4 - round.answered();
    }
    assertTrue(dropped > 0, "a quarter does not answer");
    federate("scaffold", "strategy=scaffold");
    assertEquals(
        2 * 4 * parameters * 4,
        FederationFolder.of(directory.resolve("runs/scaffold")).readRounds().get(0).bytesDown());
  }

  @Test
  void roundsWithoutAnAnswerChangeNothing() throws Exception {
    federate("silent", "dropouts=0.999999999", "--rounds", "3");
    List<RoundMetrics> rounds = FederationFolder.of(directory.resolve("runs/silent")).readRounds();
    assertEquals(0, rounds.get(2).answered());
    assertEquals(null, rounds.get(2).trainLoss());
    assertEquals(rounds.get(0).loss(), rounds.get(2).loss());
  }

  @Test
  void itStopsAtItsTarget() throws Exception {
    Result result =
        federate("goal", "clients=iid", "--rounds", "500", "--target", "0.9", "--format", "json");
    JsonNode summary = new ObjectMapper().readTree(result.stdout());
    assertEquals("target-reached", summary.get("ending").asText());
    int rounds = summary.get("rounds-to-target").asInt();
    assertEquals(rounds, summary.get("rounds").asInt());
    List<RoundMetrics> lines = FederationFolder.of(directory.resolve("runs/goal")).readRounds();
    assertTrue(lines.get(rounds - 1).accuracy() >= 0.9);
    assertTrue(rounds == 1 || lines.get(rounds - 2).accuracy() < 0.9);
    String page = Files.readString(directory.resolve("runs/goal/report.html"));
    for (String figure : List.of("Test accuracy", "Rounds to 90.0 %", "Rounds", "Sent")) {
      assertTrue(page.contains("<details><summary>" + figure + "</summary>"), figure);
    }
    Result missed = federate("miss", "--rounds", "1", "--target", "0.999");
    assertTrue(
        missed.stdout().startsWith("Accuracy 0.999 was not reached in 1 rounds"), missed.stdout());
    Result evaluated = program.run("evaluate", "runs/goal", "--dataset", data.toString());
    assertTrue(evaluated.stdout().contains("Test accuracy: "), evaluated.stderr());
  }

  @Test
  void batchNormalizationAndMomentumTrain() throws Exception {
    federate(
        "norm",
        "model.layers=[{dense: {units: 12}}, batchnorm]",
        "clients={iid: {count: 8}}",
        "local.batch-size=29",
        "local.optimizer.name=momentum",
        "strategy=fedadam");
    for (float parameter : model("norm")) {
      assertTrue(Float.isFinite(parameter));
    }
  }

  /** Without noise to speak of and a wide clip, it is a mean; a narrow clip bounds each step. */
  @Test
  void privacyClipsAndAddsNoise() throws Exception {
    String[] all = {"fraction=1", "dropouts=0", "clients={iid: {count: 8}}"};
    federate("open", all[0], all[1], all[2], "--rounds", "1");
    federate(
        "wide",
        all[0],
        all[1],
        all[2],
        "--rounds",
        "1",
        "privacy={noise-multiplier: 1e-9, clip: 1000}");
    assertArrayEquals(model("open"), model("wide"), 1e-5f);
    federate(
        "start", all[0], all[1], all[2], "--rounds", "1", "local.optimizer.learning-rate=1e-30");
    federate(
        "narrow",
        all[0],
        all[1],
        all[2],
        "--rounds",
        "1",
        "privacy={noise-multiplier: 1e-9, clip: 0.01}");
    double moved = distance(model("start"), model("narrow"));
    assertTrue(moved > 0.003 && moved < 0.0101, "moved by " + moved);
    // Noise alone: of 692 numbers, each with the deviation 2 x 0.01 / (1 x 8).
    federate(
        "noise",
        all[0],
        all[1],
        all[2],
        "--rounds",
        "1",
        "local.optimizer.learning-rate=1e-30",
        "privacy={noise-multiplier: 2, clip: 0.01}");
    double deviation = distance(model("start"), model("noise")) / Math.sqrt(692);
    assertEquals(2 * 0.01 / 8, deviation, 0.0003);
  }

  private static double distance(float[] a, float[] b) {
    double squares = 0;
    for (int i = 0; i < a.length; i++) {
      squares += (double) (a[i] - b[i]) * (a[i] - b[i]);
    }
    return Math.sqrt(squares);
  }

  /** With all clients in each round it is the Gaussian mechanism, whose divergence is a/(2 s^2). */
  @Test
  void privacyIsAccountedFor() throws Exception {
    Result result =
        federate("private", "privacy={noise-multiplier: 4, clip: 1, delta: 1e-3}", "fraction=1");
    List<RoundMetrics> rounds = FederationFolder.of(directory.resolve("runs/private")).readRounds();
    double least = Double.POSITIVE_INFINITY;
    for (double a = 1.01; a < 200; a += 0.01) {
      double divergence = 5 * a / (2 * 4 * 4);
      least =
          Math.min(
              least, divergence + Math.log1p(-1 / a) - (Math.log(1e-3) + Math.log(a)) / (a - 1));
    }
    assertEquals(least, rounds.get(4).epsilon(), 0.01);
    assertTrue(rounds.get(0).epsilon() < least);
    assertTrue(result.stdout().contains("Privacy of clients: epsilon "), result.stdout());
    assertTrue(
        problem("privacy.noise-multiplier=1", "strategy=scaffold").contains("privacy does not go"));
  }

  private String problem(String... args) throws Exception {
    List<String> all = new ArrayList<>(List.of("federate", "fed.yaml"));
    all.addAll(List.of(args));
    Result result = program.run(all.toArray(String[]::new));
    assertEquals(2, result.exitCode(), result.stderr());
    return result.stderr();
  }

  @Test
  void wrongSettingsAreNamedWithTheirPlace() throws Exception {
    Files.writeString(
        directory.resolve("wrong.yaml"),
        """
        fraction: 0
        clients: {dirichlet: {alpha: 0}}
        strategy: fedsgd
        local: {epochs: 0, step: 3}
        dropouts: 1
        """);
    Result wrong = program.run("federate", "wrong.yaml");
    assertEquals(2, wrong.exitCode());
    for (String line :
        List.of(
            "wrong.yaml:1: fraction must be above 0 and at most 1, not 0.0",
            "wrong.yaml:2: clients.dirichlet.alpha must be above 0 and at most 1000000, not 0.0",
            "wrong.yaml:3: strategy must be ",
            "wrong.yaml:4: local.epochs must be 1 to 100000, not 0",
            "wrong.yaml:4: local.step is not a key",
            "wrong.yaml:5: dropouts must be at least 0 and below 1, not 1.0")) {
      assertTrue(wrong.stderr().contains(line), line + " in " + wrong.stderr());
    }
    assertTrue(
        problem("clients={iid: {count: 241}}").contains("clients.iid.count asks for 241 parts"));
    assertTrue(
        problem("clients={classes: {per-client: 9}}")
            .contains("clients.classes.per-client must be at most 8, the number of classes"));
    assertTrue(
        problem("strategy=scaffold", "local.optimizer.name=adam")
            .contains("strategy scaffold needs"));
    assertTrue(program.run("federate").stderr().contains("a file of a federation is missing"));
    assertEquals(3, program.run("federate", "fed.yaml", "clients=writers").exitCode());
    assertFalse(Files.exists(directory.resolve("runs")), "nothing was begun");
    federate("begun", "--rounds", "1");
    Result other = program.run("federate", "--resume", "runs/begun", "--set", "fraction=1");
    assertTrue(other.stderr().contains("was begun with fraction 0.5"), other.stderr());
    assertEquals(2, program.run("federate", "fed.yaml", "--name", "begun").exitCode());
  }

  @Test
  void aDivergedClientEndsItWithItsCode() throws Exception {
    Result result =
        program.run(
            "federate",
            "fed.yaml",
            "local.optimizer.learning-rate=100",
            "model.layers=[{dense: {units: 12, activation: identity}}, {dense: {units: 12, activation: identity}}]");
    assertEquals(5, result.exitCode(), result.stderr());
    // One that still trained would use memory that has been given back.
    assertTrue(
        Thread.getAllStackTraces().keySet().stream()
            .noneMatch(thread -> thread.getName().startsWith("client worker")));
  }
}
