package io.mnist4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.cli.Mnist4jProcess.Result;
import io.mnist4j.data.idx.IdxFixture;
import io.mnist4j.hostile.Soak;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/** Searches that a user would start, on images that take milliseconds to learn. */
class SweepCommandTest {
  /** A parameter that hangs on another, and one within a list. */
  private static final String SPACE =
      """
      space:
        training.optimizer.learning-rate: {log-uniform: [1e-3, 1e-1]}
        model.layers.0.dense.units: {int: [4, 32], log: true}
        training.optimizer.momentum: {uniform: [0.5, 0.9], when: {training.optimizer.name: momentum}}
        training.optimizer.name: [adam, momentum]
      """;

  private static final int SWEEPS = Soak.isOn() ? 20 : 1;
  private static final int KILLS_OF_EACH = 3;

  @TempDir static Path shared;
  private static Path data;

  @TempDir Path directory;
  private CommandLineRun program;

  @BeforeAll
  static void writeImages() throws IOException {
    data = IdxFixture.write(shared.resolve("rows"), IdxFixture.rows(1_000, 200, 8, 6));
  }

  @BeforeEach
  void writeBase() throws IOException {
    program = new CommandLineRun(directory);
    write(
        "base.yaml",
        """
        data: {dataset: '%s', validation: 0.25}
        training: {epochs: 4, batch-size: 20}
        """
            .formatted(data));
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text);
  }

  private String read(String file) throws IOException {
    return Files.readString(directory.resolve(file));
  }

  private static JsonNode json(String text) throws IOException {
    return new ObjectMapper().readTree(text);
  }

  @Test
  void findsTheBestAndTrainsItOnAllImages() throws Exception {
    write(
        "grid.yaml",
        """
        base: base.yaml
        method: grid
        parallel: 2
        space:
          training.optimizer.learning-rate: [0.00001, 0.01]
          model.layers.0.dense.units: [8, 16]
        """);
    Result result = program.run("sweep", "grid.yaml", "--name", "found", "--format", "json");
    assertEquals(0, result.exitCode(), result.stderr());
    JsonNode summary = json(result.stdout());
    assertEquals(4, summary.get("complete").asInt());
    int best = summary.get("best").get("trial").asInt();
    assertEquals(
        0.01,
        summary.get("best").get("settings").get("training.optimizer.learning-rate").asDouble());
    for (int trial = 0; trial < 4; trial++) {
      assertTrue(result.stderr().contains("Trial " + trial + ": "), result.stderr());
    }
    List<String> leaders = read("sweeps/found/leaderboard.csv").lines().toList();
    assertEquals(5, leaders.size());
    assertTrue(leaders.get(1).startsWith("1," + best + ",complete,"), leaders.get(1));
    assertFalse(Files.exists(directory.resolve("sweeps/found/final")));
    assertTrue(read("sweeps/found/report.html").contains("Parallel coordinates"));

    // What train makes of the same files is the same.
    String trial = "sweeps/found/trials/" + best;
    assertEquals(
        0, program.run("train", "--config", trial + "/config.yaml", "--name", "t").exitCode());
    assertEquals(withoutSeconds(trial + "/metrics.csv"), withoutSeconds("runs/t/metrics.csv"));
    Result trained =
        program.run(
            "train", "--config", "sweeps/found/best.yaml", "--name", "b", "--format", "json");
    assertEquals(
        summary.get("test-loss").asDouble(), json(trained.stdout()).get("test-loss").asDouble());
    assertTrue(read("sweeps/found/best.yaml").contains("validation: test"));
    Result evaluated =
        program.run("evaluate", "sweeps/found/model.zip", "--dataset", data.toString());
    assertTrue(evaluated.stdout().contains("Test accuracy: "), evaluated.stderr());
  }

  private List<String> withoutSeconds(String metrics) throws IOException {
    return read(metrics)
        .lines()
        .map(line -> line.replaceFirst("^((?:[^,]*,){4})[^,]*,", "$1"))
        .toList();
  }

  @Test
  void killedAnywhereItGoesOnAsIfItHadNotBeen() throws Exception {
    write(
        "tpe.yaml",
        "base: base.yaml\nmethod: {tpe: {startup-trials: 5}}\nscheduler: asha\ntrials: 15\n"
            + "parallel: 1\n"
            + SPACE);
    assertEquals(0, program.run("sweep", "tpe.yaml", "--name", "whole").exitCode());
    int events = read("sweeps/whole/journal.jsonl").split("\n").length;
    Random random = new Random(1);
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      String name = "cut" + sweep;
      Path journal = directory.resolve("sweeps").resolve(name).resolve("journal.jsonl");
      for (int kill = 0; kill < KILLS_OF_EACH; kill++) {
        String[] begin = {"sweep", "tpe.yaml", "--name", name};
        String[] resume = {"sweep", "--resume", "sweeps/" + name};
        Process process =
            new Mnist4jProcess(directory).start(Files.exists(journal) ? resume : begin);
        // Each kill comes later in the sweep than the one before it.
        int from = events * kill / KILLS_OF_EACH;
        int lines = from + random.nextInt(events / KILLS_OF_EACH);
        while (process.isAlive()
            && (!Files.exists(journal) || Files.readString(journal).split("\n").length < lines)) {
          Thread.sleep(5);
        }
        process.destroyForcibly().waitFor();
        Files.writeString(journal, "{\"event\":\"ended\",\"tri", StandardOpenOption.APPEND);
      }
      Result ended = program.run("sweep", "--resume", "sweeps/" + name);
      assertEquals(0, ended.exitCode(), ended.stderr());
      assertEquals(trials("whole"), trials(name));
      assertEquals(read("sweeps/whole/best.yaml"), read("sweeps/" + name + "/best.yaml"));
      JsonNode[] ends = events(name, "ended");
      assertEquals(15, ends.length, "each trial ended once");
    }
  }

  /** Killed between the journal and what follows from it. */
  @Test
  void whatTheJournalSaysIsMadeGood() throws Exception {
    write("some.yaml", "base: base.yaml\nmethod: random\ntrials: 3\nparallel: 1\n" + SPACE);
    assertEquals(0, program.run("sweep", "some.yaml", "--name", "cut").exitCode());
    List<String> leaders = trials("cut");
    Files.delete(directory.resolve("sweeps/cut/leaderboard.csv"));
    for (String file : List.of("trials/2/metrics.csv", "trials/2/config.yaml")) {
      Path path = directory.resolve("sweeps/cut").resolve(file);
      String content = Files.readString(path);
      Files.delete(path);
      Result resumed = program.run("sweep", "--resume", "sweeps/cut");
      assertEquals(0, resumed.exitCode(), resumed.stderr());
      assertEquals(content, Files.readString(path));
    }
    assertEquals(leaders, trials("cut"));
  }

  private JsonNode[] events(String sweep, String event) throws IOException {
    List<JsonNode> events = new ArrayList<>();
    for (String line : read("sweeps/" + sweep + "/journal.jsonl").lines().toList()) {
      if (json(line).get("event").asText().equals(event)) {
        events.add(json(line));
      }
    }
    return events.toArray(JsonNode[]::new);
  }

  /** The leaderboard without seconds. */
  private List<String> trials(String sweep) throws IOException {
    return read("sweeps/" + sweep + "/leaderboard.csv")
        .lines()
        .map(line -> line.replaceFirst("^(([^,]*,){5})[^,]*,", "$1"))
        .toList();
  }

  @Test
  void trialsSideBySideComeToTheSameFigures() throws Exception {
    write(
        "random.yaml",
        "base: base.yaml\nmethod: random\ntrials: 6\n"
            + "space:\n"
            + "  training.optimizer.learning-rate: {log-uniform: [1e-3, 1e-1]}\n"
            // Dropout, and a step of Deeplearning4j's own.
            + "  model.layers: [[{dense: {units: 8}}, {dropout: {rate: 0.3}}],"
            + " [{dense: {units: 8}}, batchnorm]]\n");
    for (String parallel : List.of("1", "4")) {
      Result result =
          program.run("sweep", "random.yaml", "--name", "by" + parallel, "--parallel", parallel);
      assertEquals(0, result.exitCode(), result.stderr());
    }
    assertEquals(trials("by1"), trials("by4"));
    assertEquals(
        2, trials("by1").stream().filter(line -> line.contains("batchnorm")).limit(2).count());
  }

  @Test
  void interruptedItLetsRunningTrialsEnd() throws Exception {
    if (Signals.interruptIsIgnored()) {
      return;
    }
    write("long.yaml", "base: base.yaml\nmethod: random\ntrials: 100000\nparallel: 2\n" + SPACE);
    Process process = new Mnist4jProcess(directory).start("sweep", "long.yaml", "--name", "cut");
    Path board = directory.resolve("sweeps/cut/leaderboard.csv");
    for (int i = 0; i < 2400 && !Files.exists(board); i++) {
      Thread.sleep(50);
    }
    interrupt(process);
    assertTrue(process.waitFor(1, TimeUnit.MINUTES));
    assertEquals(130, process.exitValue(), read("stderr.txt"));
    String last = read("stderr.txt").lines().reduce((first, second) -> second).orElse("");
    assertTrue(
        last.matches(
            "mnist4j: interrupted after \\d+ trials: .*; go on with: "
                + "mnist4j sweep --resume sweeps.cut"),
        last);
    assertEquals(events("cut", "started").length, events("cut", "ended").length);
  }

  /** SIGTERM does not wait for trials, and neither does a second Ctrl-C. */
  @Test
  void terminatedItGivesUpRunningTrials() throws Exception {
    write(
        "endless.yaml",
        "base: base.yaml\n"
            + "experiment: {training: {epochs: 90000}}\n"
            + "method: random\n"
            + "trials: 9\n"
            + "parallel: 2\n"
            + SPACE);
    Process process = new Mnist4jProcess(directory).start("sweep", "endless.yaml", "--name", "cut");
    awaitEvents("cut", "epoch", 1);
    process.destroy();
    assertTrue(process.waitFor(1, TimeUnit.MINUTES));
    assertEquals(143, process.exitValue(), read("stderr.txt"));
    assertTrue(read("stderr.txt").contains("2 running; go on with: mnist4j sweep --resume"));
    if (Signals.interruptIsIgnored()) {
      return;
    }
    int epochs = events("cut", "epoch").length;
    process = new Mnist4jProcess(directory).start("sweep", "--resume", "sweeps/cut");
    awaitEvents("cut", "epoch", epochs + 1);
    interrupt(process);
    Thread.sleep(500);
    assertTrue(process.isAlive(), "it waits for its trials");
    interrupt(process);
    assertTrue(process.waitFor(1, TimeUnit.MINUTES));
    assertEquals(130, process.exitValue(), read("stderr.txt"));
    assertEquals(0, events("cut", "ended").length);
  }

  private void awaitEvents(String sweep, String event, int count) throws Exception {
    Path journal = directory.resolve("sweeps").resolve(sweep).resolve("journal.jsonl");
    String word = "\"event\":\"" + event + "\"";
    for (int i = 0; i < 2400; i++) {
      // The last line may not be whole yet.
      if (Files.exists(journal)
          && Files.readString(journal).lines().filter(line -> line.contains(word)).count()
              >= count) {
        return;
      }
      Thread.sleep(50);
    }
    throw new AssertionError("no " + event + ": " + read("stderr.txt"));
  }

  private static void interrupt(Process process) throws Exception {
    new ProcessBuilder("kill", "-INT", String.valueOf(process.pid())).start().waitFor();
  }

  @Test
  void hopelessTrialsEndNothingElse() throws Exception {
    write(
        "diverging.yaml",
        """
        base: base.yaml
        method: grid
        parallel: 2
        space:
          training.optimizer.learning-rate: [0.5]
          training.regularization.weight-decay: [0, 100]
          model.layers:
            - [{dense: {units: 8}}]
            - [{conv2d: {filters: 2, kernel: 5}}, {conv2d: {filters: 2, kernel: 7}}, flatten]
        """);
    Result result = program.run("sweep", "diverging.yaml", "--name", "some", "--format", "json");
    assertEquals(2, result.exitCode(), result.stderr());
    assertTrue(result.stderr().contains("kernel"), result.stderr());

    write("diverging.yaml", read("diverging.yaml").replaceAll("(?m)^.*conv2d.*$", ""));
    result = program.run("sweep", "diverging.yaml", "--name", "one", "--format", "json");
    assertEquals(0, result.exitCode(), result.stderr());
    assertEquals(1, json(result.stdout()).get("diverged").asInt());
    assertTrue(read("sweeps/one/leaderboard.csv").contains("training diverged: the loss is"));

    write("diverging.yaml", read("diverging.yaml").replace("[0, 100]", "[100]"));
    result = program.run("sweep", "diverging.yaml", "--name", "none");
    assertEquals(4, result.exitCode(), result.stderr());
    assertTrue(result.stderr().contains("no trial was completed"), result.stderr());
  }

  @Test
  void anotherProgramCanEvaluateTheTrials() throws Exception {
    Path file =
        write(
            "tpe.yaml",
            "base: base.yaml\n"
                + "method: {tpe: {startup-trials: 3}}\n"
                + "scheduler: {median: {startup-trials: 2}}\n"
                + "trials: 8\n"
                + SPACE);
    String sweeps = directory.resolve("sweeps").toString();
    Mnist4jProcess.Result created =
        call("sweep", "create", file.toString(), "--output", sweeps, "--name", "asked");
    assertEquals(0, created.exitCode(), created.stderr());
    String sweep = created.stdout().strip();
    for (int trial = 0; trial < 8; trial++) {
      Mnist4jProcess.Result asked = call("sweep", "ask", sweep, "--format", "json");
      JsonNode answer = json(asked.stdout());
      assertEquals(trial, answer.get("trial").asInt(), asked.stderr());
      assertTrue(
          Files.exists(directory.resolve(answer.get("experiment").asText())), asked.stdout());
      double rate = answer.get("settings").get("training.optimizer.learning-rate").asDouble();
      String number = String.valueOf(trial);
      if (trial == 5) {
        assertEquals(
            "stop", call("sweep", "tell", sweep, number, "0.01", "--epoch").stdout().strip());
        assertEquals(3, call("sweep", "tell", sweep, number, "0.9").exitCode());
      } else if (trial == 6) {
        assertEquals(0, call("sweep", "tell", sweep, number, "--failed", "no power").exitCode());
      } else {
        assertEquals(
            "go-on", call("sweep", "tell", sweep, number, "0.5", "--epoch").stdout().strip());
        assertEquals(0, call("sweep", "tell", sweep, number, String.valueOf(1 - rate)).exitCode());
      }
    }
    Mnist4jProcess.Result over = call("sweep", "ask", sweep);
    assertEquals(4, over.exitCode());
    assertTrue(over.stderr().contains("has no more trials"), over.stderr());
    List<String> leaders = Files.readAllLines(directory.resolve(sweep).resolve("leaderboard.csv"));
    assertEquals(9, leaders.size());
    List<Double> rates =
        leaders.stream()
            .skip(1)
            .limit(6)
            .map(line -> Double.valueOf(line.split(",", -1)[6]))
            .toList();
    assertEquals(rates.stream().sorted().toList(), rates, "the lowest rate is the best");
    // The last training is ours again.
    Result finished = program.run("sweep", "--resume", sweep);
    assertEquals(0, finished.exitCode(), finished.stderr());
    assertTrue(finished.stdout().contains("Test accuracy: "), finished.stdout());
    String best = read("sweeps/asked/best.yaml");
    assertTrue(best.lines().anyMatch(line -> line.matches(" *epochs: 4( .*)?")), best);
  }

  /** Two workers, and more trials than there are settings. */
  @Test
  void fourSettingsAreFourTrials() throws Exception {
    Path file =
        write(
            "few.yaml",
            """
            base: base.yaml
            experiment: {training: {epochs: 1}}
            trials: 12
            parallel: 2
            space:
              training.batch-size: [64, 128]
              training.optimizer.learning-rate: [0.001, 0.01]
            """);
    Mnist4jProcess.Result swept = call("sweep", file.toString(), "--name", "few", "--no-report");
    assertEquals(0, swept.exitCode(), swept.stderr());
    assertTrue(
        swept.stderr().contains("All settings of the space have been tried, in 4 trials"),
        swept.stderr());
    assertEquals(
        4, trials("few").stream().skip(1).map(line -> line.split(",", 5)[4]).distinct().count());
    Mnist4jProcess.Result again = call("sweep", "--resume", directory + "/sweeps/few");
    assertTrue(again.stderr().contains("is finished"), again.stderr());
  }

  private Mnist4jProcess.Result call(String... args) throws IOException {
    return new CommandLineRun(directory).run(args);
  }

  @Test
  void saysWhatIsWrongWithAFileAndWhere() throws Exception {
    assertRefused(
        """
        trials: 5
        space:
          training.batch-size: [0, 128]
          training.optimizer.lerning-rate: [0.1]
          model.layers.3.dense.units: [1]
          training.optimizer.name: [adam, adamm, adamw]
        """,
        ":3: training.batch-size must be at least 1, not 0",
        ":4: training.optimizer.lerning-rate is not a key; did you mean learning-rate?",
        ":5: model.layers.3 is not in the list",
        ":6: training.optimizer.name must be sgd",
        ":6: training.optimizer adamw needs regularization.weight-decay");
    assertRefused("trials: 5\nmethd: tpe\nspace: {seed: [1]}\n", ":2: methd is not a key");
    assertRefused(
        "trials: 5\nexperiment: {training: {epoch: 3}}\nspace: {seed: [1]}\n",
        ":2: training.epoch is not a key; did you mean epochs?");
    assertRefused("space: {seed: [1]}\n", ": trials or time-limit must say when it ends");
    assertRefused(
        "trials: 5\nspace:\n  seed: {log-unifrm: [1, 2]}\n", ":3: seed: 'log-unifrm' is none of");
    assertRefused(
        "trials: 5\nspace:\n  seed: {int: [1, 2], when: {training.epochs: 5}}\n",
        ":3: space: seed depends on training.epochs, which is not searched");
    assertRefused(
        "trials: 5\nspace:\n  data.dataset: [mnist, strokes]\n",
        ":3: data.dataset cannot be varied");
    assertRefused(
        "objective: {metric: validation-loss, goal: maximize}\ntrials: 5\nspace: {seed: [1]}\n",
        ":1: objective.goal must be minimize");
    assertRefused("base: nowhere.yaml\ntrials: 5\nspace: {seed: [1]}\n", "no such configuration");
    assertEquals(2, call("sweep").exitCode());
    assertEquals(3, call("sweep", "--resume", directory.toString()).exitCode());
    try (var left = Files.list(directory)) {
      assertEquals(
          List.of("bad.yaml", "base.yaml"),
          left.map(path -> path.getFileName().toString())
              .sorted(Comparator.naturalOrder())
              .toList());
    }
  }

  private void assertRefused(String yaml, String... messages) throws IOException {
    Path file = write("bad.yaml", yaml);
    Mnist4jProcess.Result called =
        call("sweep", file.toString(), "--output", directory.resolve("sweeps").toString());
    assertEquals(2, called.exitCode(), called.stderr());
    for (String message : messages) {
      assertTrue(called.stderr().contains(message), called.stderr());
    }
    assertEquals(messages.length, called.stderr().lines().count(), called.stderr());
  }

  @Test
  void dryRunShowsAllOfAGrid() throws Exception {
    Path file =
        write(
            "grid.yaml",
            "base: base.yaml\nmethod: {grid: {steps: 3}}\n" + SPACE.replace("[4, 32]", "[4, 5]"));
    Mnist4jProcess.Result called = call("sweep", file.toString(), "--dry-run");
    assertEquals(0, called.exitCode(), called.stderr());
    // Three rates, two widths, and momentum adds three to the two optimizers.
    assertEquals(3 * 2 * (1 + 3) + 1, called.stdout().lines().count(), called.stdout());
    assertTrue(
        called.stdout().contains("learning-rate 0.01, units 5, optimizer.name momentum"),
        called.stdout());
    assertFalse(Files.exists(directory.resolve("sweeps")));
  }

  @Test
  void aDamagedJournalIsNamedWithItsLine() throws Exception {
    Path file = write("some.yaml", "base: base.yaml\ntrials: 5\n" + SPACE);
    String sweeps = directory.resolve("sweeps").toString();
    String sweep = call("sweep", "create", file.toString(), "--output", sweeps).stdout().strip();
    call("sweep", "ask", sweep);
    Path journal = directory.resolve(sweep).resolve("journal.jsonl");
    Files.writeString(journal, "nonsense\n", StandardOpenOption.APPEND);
    Mnist4jProcess.Result called = call("sweep", "ask", sweep);
    assertEquals(3, called.exitCode());
    assertTrue(called.stderr().contains("journal.jsonl:2: the line is not JSON"), called.stderr());
  }

  /** The mean over the seeds counts, in every file; a sweep that is cut goes on to the same. */
  @Test
  void meanOverSeedsIsTheObjective() throws Exception {
    write(
        "sweep.yaml",
        """
        base: base.yaml
        method: grid
        parallel: 1
        repeats: 3
        objective: {metric: validation-loss}
        space: {training.optimizer.learning-rate: [0.001, 0.003]}
        """);
    Mnist4jProcess.Result result =
        call("sweep", "sweep.yaml", "--name", "s", "--no-report", "--format", "json");
    assertEquals(0, result.exitCode(), result.stderr());
    Path folder = directory.resolve("sweeps/s");
    double best = Double.MAX_VALUE;
    for (String line : Files.readAllLines(folder.resolve("journal.jsonl"))) {
      JsonNode entry = new ObjectMapper().readTree(line);
      if (entry.get("event").asText().equals("ended")) {
        assertEquals(3, entry.get("results").size(), line);
        double sum = 0;
        for (JsonNode each : entry.get("results")) {
          sum += each.get("validation-loss").asDouble();
        }
        best = Math.min(best, sum / 3);
      }
    }
    JsonNode summary = new ObjectMapper().readTree(result.stdout());
    assertEquals(best, summary.at("/best/validation-loss").asDouble(), 1e-12);
    assertEquals(3, summary.at("/best/repeats").asInt());
    assertEquals(best, summary.at("/best/validation/mean").asDouble(), 1e-12);
    List<String> leaderboard = Files.readAllLines(folder.resolve("leaderboard.csv"));
    assertTrue(
        leaderboard.get(0).startsWith("rank,trial,state,validation-loss,sd,min,max,epochs,"),
        leaderboard.get(0));
    assertEquals(String.format(Locale.ROOT, "%.6f", best), leaderboard.get(1).split(",", -1)[3]);
    Mnist4jProcess.Result again = call("sweep", "--resume", "sweeps/s", "--no-report");
    assertTrue(
        again.stdout().contains(String.format(Locale.ROOT, "validation loss %.4f ± 0.", best)),
        again.stdout());
    Files.deleteIfExists(folder.resolve("model.zip"));
    List<String> journal = Files.readAllLines(folder.resolve("journal.jsonl"));
    int cut = journal.size() - 3;
    Files.write(folder.resolve("journal.jsonl"), journal.subList(0, cut));
    Mnist4jProcess.Result resumed = call("sweep", "--resume", "sweeps/s", "--no-report");
    assertEquals(0, resumed.exitCode(), resumed.stderr());
    assertEquals(
        leaderboard.stream().map(SweepCommandTest::withoutTimes).toList(),
        Files.readAllLines(folder.resolve("leaderboard.csv")).stream()
            .map(SweepCommandTest::withoutTimes)
            .toList());
  }

  private static String withoutTimes(String row) {
    List<String> cells = new ArrayList<>(List.of(row.split(",", -1)));
    cells.remove(8);
    return String.join(",", cells);
  }

  @Test
  void otherProgramsTellTheMeanOrAValueForEachSeed() throws Exception {
    write(
        "sweep.yaml",
        "base: base.yaml\nmethod: grid\nspace: {training.optimizer.learning-rate: [0.01, 0.03]}\n");
    Mnist4jProcess.Result created =
        call("sweep", "create", "sweep.yaml", "--repeat", "3", "seed=4");
    String sweep = created.stdout().strip();
    JsonNode asked =
        new ObjectMapper().readTree(call("sweep", "ask", sweep, "--format", "json").stdout());
    assertEquals("[4,5,6]", asked.get("seeds").toString());
    Mnist4jProcess.Result few = call("sweep", "tell", sweep, "0", "0.5", "0.75");
    assertEquals(2, few.exitCode());
    assertEquals(
        "mnist4j: a trial of this sweep has 3 values, or one, their mean, not 2",
        few.stderr().strip());
    assertEquals(2, call("sweep", "tell", sweep, "0", "0.5", "0.75", "75").exitCode());
    assertEquals(0, call("sweep", "tell", sweep, "0", "0.5", "0.75", "1").exitCode());
    call("sweep", "ask", sweep);
    assertEquals(0, call("sweep", "tell", sweep, "1", "0.7").exitCode());
    List<String> leaderboard =
        Files.readAllLines(directory.resolve(sweep).resolve("leaderboard.csv"));
    assertTrue(
        leaderboard.get(1).startsWith("1,0,complete,0.750000,0.250000,0.500000,1.000000,1,"),
        leaderboard.get(1));
    assertTrue(leaderboard.get(2).startsWith("2,1,complete,0.700000,,,,1,"), leaderboard.get(2));
  }
}
