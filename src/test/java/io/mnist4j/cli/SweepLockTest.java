package io.mnist4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.cli.Mnist4jProcess.Result;
import io.mnist4j.data.idx.IdxFixture;
import io.mnist4j.hostile.Soak;
import io.mnist4j.sweep.SweepFolder;
import io.mnist4j.sweep.journal.Trial;
import io.mnist4j.sweep.search.TrialState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several processes that work on one sweep. */
class SweepLockTest {
  private static final int PROCESSES = Soak.isOn() ? 8 : 2;
  private static final int TRIALS_OF_EACH = Soak.isOn() ? 150 : 25;

  @TempDir Path directory;

  private SweepFolder create() throws Exception {
    Path data = IdxFixture.write(directory.resolve("rows"), IdxFixture.rows(100, 20, 8, 3));
    Path file =
        Files.writeString(
            directory.resolve("sweep.yaml"),
            """
            experiment: {data: {dataset: '%s', validation: 0.25}, training: {epochs: 1}}
            method: random
            trials: 100000
            space: {training.optimizer.learning-rate: {uniform: [0.001, 0.1]}}
            """
                .formatted(data));
    Result created =
        new CommandLineRun(directory).run("sweep", "create", file.toString(), "--name", "s");
    assertEquals(0, created.exitCode(), created.stderr());
    Path folder = directory.resolve("sweeps/s");
    return SweepFolder.open(folder, SweepFolder.read(folder, List.of()), false);
  }

  @Test
  void processesThatAskAndTellAtOnceLoseAndDoubleNothing() throws Exception {
    List<Mnist4jProcess> programs = new ArrayList<>();
    List<Process> processes = new ArrayList<>();
    int lines = 1 + 2 * TRIALS_OF_EACH;
    Path folder = directory.resolve("sweeps/s");
    try (SweepFolder held = create()) {
      for (int trial = 0; trial < PROCESSES * TRIALS_OF_EACH; trial++) {
        assertTrue(held.ask().isPresent());
      }
      // A reader closes its own descriptor of the journal.
      assertEquals(PROCESSES * TRIALS_OF_EACH, SweepFolder.summary(folder).trials().next());
      for (int number = 0; number < PROCESSES; number++) {
        Path own = Files.createDirectory(directory.resolve("process" + number));
        programs.add(new Mnist4jProcess(own));
        List<List<String>> commands = new ArrayList<>();
        commands.add(List.of("sweep", "--resume", folder.toString(), "--no-report"));
        for (int i = 0; i < TRIALS_OF_EACH; i++) {
          String told = String.valueOf(number * TRIALS_OF_EACH + i);
          commands.add(List.of("sweep", "ask", folder.toString()));
          commands.add(List.of("sweep", "tell", folder.toString(), told, "0.5"));
        }
        processes.add(programs.get(number).startAll(commands));
      }
      for (int number = 0; number < PROCESSES; number++) {
        Path refused = directory.resolve("process" + number).resolve("lines/0.exit");
        for (int i = 0; i < 1200 && !Files.exists(refused); i++) {
          Thread.sleep(50);
        }
      }
      assertEquals(
          PROCESSES * TRIALS_OF_EACH, SweepFolder.summary(folder).trials().next(), "they wait");
    }
    Set<String> asked = new HashSet<>();
    for (int number = 0; number < PROCESSES; number++) {
      List<Result> results = programs.get(number).finishAll(processes.get(number), lines);
      assertEquals(3, results.get(0).exitCode(), results.get(0).stderr());
      assertTrue(
          results.get(0).stderr().contains("another mnist4j works on this sweep"),
          results.get(0).stderr());
      for (int i = 1; i < lines; i++) {
        assertEquals(0, results.get(i).exitCode(), results.get(i).stderr());
        if (i % 2 == 1) {
          asked.add(results.get(i).stdout().split(" ", 2)[0]);
        }
      }
    }
    List<Trial> trials = List.copyOf(SweepFolder.summary(folder).trials().all());
    assertEquals(PROCESSES * TRIALS_OF_EACH, asked.size(), "each number was given once");
    assertEquals(2 * PROCESSES * TRIALS_OF_EACH, trials.size());
    for (Trial trial : trials) {
      assertEquals(
          asked.contains(String.valueOf(trial.number())) ? TrialState.RUNNING : TrialState.COMPLETE,
          trial.state(),
          "trial " + trial.number());
    }
  }
}
