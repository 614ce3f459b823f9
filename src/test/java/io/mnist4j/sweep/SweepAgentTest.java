package io.mnist4j.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.cli.Mnist4jProcess;
import io.mnist4j.sweep.journal.Lease;
import io.mnist4j.sweep.journal.Trial;
import io.mnist4j.sweep.journal.TrialHistory;
import io.mnist4j.sweep.search.TrialState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Any number of agents on one folder, killed at any moment. */
class SweepAgentTest {
  /** More by {@code -Dmnist4j.agent-kills=1000}. */
  private static final int KILLS = Integer.getInteger("mnist4j.agent-kills", 104);

  private static final int PROCESSES = 2;
  private static final int AGENTS_OF_A_PROCESS = 16;

  @TempDir Path directory;

  private Path create(String settings) throws Exception {
    Sweep sweep = Sweeps.read(directory, settings + Sweeps.SPACE);
    try (SweepFolder folder = SweepFolder.create(directory.resolve("sweeps"), "a", sweep)) {
      return folder.directory().path();
    }
  }

  @Test
  void agentsShareTheTrials() throws Exception {
    Path folder = create("method: tpe\ntrials: 60\nscheduler: asha\n");
    SimulatedAgents.run(folder, 8, 1, Lease.DEFAULT);
    TrialHistory history = SweepFolder.summary(folder).trials();
    assertEquals(60, history.all().size());
    assertEquals(60, history.count(TrialState.COMPLETE) + history.count(TrialState.PRUNED));
    assertEquals(8, history.all().stream().map(Trial::agent).distinct().count(), "each had some");
    assertEquals(60, history.all().stream().map(Trial::point).distinct().count());
    // A process that goes on has all in the file, and the agents have left nothing.
    SweepFolder.open(folder, SweepFolder.read(folder, List.of()), false).close();
    assertTrue(Files.notExists(folder.resolve("agents")));
    assertEquals(history.all(), SweepFolder.summary(folder).trials().all());
    for (int trial = 0; trial < 60; trial++) {
      assertTrue(Files.exists(folder.resolve("trials/" + trial + "/metrics.csv")));
    }
  }

  /** Measures, and demands nothing: {@code -Dmnist4j.agents=200}. */
  @Test
  @EnabledIfSystemProperty(named = "mnist4j.agents", matches = "[0-9]+")
  void tellsHowManyTrialsAgentsAreGivenInASecond() throws Exception {
    String agents = System.getProperty("mnist4j.agents");
    SimulatedAgents.main(create("trials: 1000\n").toString(), agents, "0");
  }

  /** Real processes and SIGKILL, so that nothing depends on where this test would look. */
  @Test
  void killedAgentsLoseAndDoubleNothing() throws Exception {
    Path folder = create("method: random\ntrials: 100000\n");
    List<Process> running = new ArrayList<>();
    Random random = new Random(7);
    int killed = 0;
    for (int i = 0; i < PROCESSES; i++) {
      running.add(start(folder));
    }
    while (killed < KILLS) {
      int seen = SweepFolder.summary(folder).trials().next();
      while (SweepFolder.summary(folder).trials().next() < seen + AGENTS_OF_A_PROCESS) {
        assertTrue(running.stream().allMatch(Process::isAlive), "an agent has ended");
        Thread.sleep(1 + random.nextInt(50));
      }
      int victim = random.nextInt(PROCESSES);
      running.get(victim).destroyForcibly().waitFor();
      killed += AGENTS_OF_A_PROCESS;
      running.set(victim, start(folder));
    }
    for (Process process : running) {
      process.destroyForcibly().waitFor();
    }
    int begun = SweepFolder.summary(folder).trials().next();
    Path sweep = folder.resolve("sweep.yaml");
    Files.writeString(sweep, Files.readString(sweep).replace("100000", String.valueOf(begun)));
    SimulatedAgents.run(folder, 2, 0, Lease.DEFAULT);
    checkJournal(folder, begun);
  }

  private Process start(Path folder) throws Exception {
    Mnist4jProcess.count("agents");
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            SimulatedAgents.class.getName(),
            folder.toString(),
            String.valueOf(AGENTS_OF_A_PROCESS),
            "5")
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve("agents.txt").toFile())
        .start();
  }

  /** Each trial has one end; each start but the first is after the death of the one before. */
  private static void checkJournal(Path folder, int trials) throws Exception {
    SweepFolder.open(folder, SweepFolder.read(folder, List.of()), false).close();
    TrialHistory history = SweepFolder.summary(folder).trials();
    assertEquals(trials, history.count(TrialState.COMPLETE));
    Map<Integer, String> runningBy = new HashMap<>();
    Map<Integer, Integer> epochs = new HashMap<>();
    Set<Integer> ended = new HashSet<>();
    Set<String> points = new HashSet<>();
    for (String line : Files.readAllLines(folder.resolve("journal.jsonl"))) {
      int trial = Integer.parseInt(line.replaceAll(".*\"trial\":(\\d+).*", "$1"));
      if (line.contains("\"started\"")) {
        String agent = line.replaceAll(".*\"agent\":\"([^\"]*)\".*", "$1");
        String before = runningBy.put(trial, agent);
        assertTrue(before == null || !before.equals(agent), "given out again to another");
        assertTrue(!ended.contains(trial), "given out after its end");
        if (before == null) {
          points.add(line.replaceAll(".*\"settings\":(\\{[^}]*\\}).*", "$1"));
        }
        epochs.put(trial, 0);
      } else if (line.contains("\"epoch\"") && !line.contains("\"ended\"")) {
        assertEquals(epochs.merge(trial, 1, Integer::sum), epochOf(line), "epochs of one agent");
      } else if (line.contains("\"ended\"")) {
        assertTrue(ended.add(trial), "trial " + trial + " ends once");
        assertEquals(3, epochs.get(trial));
      }
    }
    assertEquals(trials, ended.size());
    assertEquals(trials, points.size(), "no settings twice");
  }

  private static int epochOf(String line) {
    return Integer.parseInt(line.replaceAll(".*\"epoch\":(\\d+).*", "$1"));
  }
}
