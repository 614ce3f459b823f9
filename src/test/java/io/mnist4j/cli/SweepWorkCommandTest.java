package io.mnist4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.cli.Mnist4jProcess.Result;
import io.mnist4j.data.idx.IdxFixture;
import io.mnist4j.sweep.SweepFolder;
import io.mnist4j.sweep.journal.Trial;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Agents as a user starts them. */
class SweepWorkCommandTest {
  @TempDir Path directory;
  private CommandLineRun program;

  @BeforeEach
  void create() throws Exception {
    program = new CommandLineRun(directory);
    Path data = IdxFixture.write(directory.resolve("rows"), IdxFixture.rows(400, 100, 8, 3));
    Path file =
        Files.writeString(
            directory.resolve("sweep.yaml"),
            """
            experiment: {data: {dataset: '%s', validation: 0.25}, training: {epochs: 2}}
            trials: 6
            space: {training.optimizer.learning-rate: {log-uniform: [0.001, 0.1]}}
            """
                .formatted(data));
    Result created = program.run("sweep", "create", file.toString(), "--name", "s");
    assertEquals(0, created.exitCode(), created.stderr());
  }

  @Test
  void agentsWorkUntilNoTrialIsLeftAndResumeEndsTheSweep() throws Exception {
    program.environment("SLURM_CPUS_PER_TASK", "1");
    Result some = program.run("sweep", "work", "sweeps/s", "--max-trials", "2");
    assertEquals(0, some.exitCode(), some.stderr());
    assertTrue(some.stderr().contains("6 trials, 1 at once"), some.stderr());
    assertTrue(
        some.stderr()
            .contains(
                "2 trials ended here; the sweep has 2 trials: 2 complete; when all are done: mnist4j"
                    + " sweep --resume sweeps/s"),
        some.stderr());
    Result rest = program.run("sweep", "work", "sweeps/s", "--parallel", "2");
    assertEquals(0, rest.exitCode(), rest.stderr());
    assertTrue(rest.stderr().contains("4 trials ended here"), rest.stderr());
    Result end = program.run("sweep", "--resume", "sweeps/s", "--no-report");
    assertEquals(0, end.exitCode(), end.stderr());
    assertTrue(end.stdout().contains("6 trials: 6 complete"), end.stdout());
    assertTrue(Files.exists(directory.resolve("sweeps/s/model.zip")));
    Result nothing = program.run("sweep", "work", "sweeps/s");
    assertTrue(nothing.stderr().contains("0 trials ended here"), nothing.stderr());
  }

  /** What an agent finds is what the sweep alone would have found. */
  @Test
  void oneAgentTriesWhatTheSweepWouldHaveTried() throws Exception {
    assertEquals(0, program.run("sweep", "work", "sweeps/s", "--parallel", "1").exitCode());
    Result alone =
        program.run("sweep", "sweep.yaml", "--name", "alone", "--parallel", "1", "--no-report");
    assertEquals(0, alone.exitCode(), alone.stderr());
    for (int number = 0; number < 6; number++) {
      Trial one = trial("s", number);
      Trial other = trial("alone", number);
      assertEquals(other.point(), one.point());
      assertEquals(other.epochs().get(1).validationLoss(), one.epochs().get(1).validationLoss());
    }
  }

  private Trial trial(String sweep, int number) throws Exception {
    Path folder = directory.resolve("sweeps").resolve(sweep);
    return SweepFolder.summary(folder).trials().get(number).orElseThrow();
  }

  @Test
  void wrongUseIsNamed() throws Exception {
    for (String[] line :
        new String[][] {
          {"sweep", "work", "sweeps/s", "--max-trials", "0"},
          {"sweep", "work", "sweeps/s", "--device", "-1"},
          {"sweep", "start", "sweeps/s", "--workers", "0"},
          {"sweep", "start", "sweeps/s"},
        }) {
      assertEquals(2, program.run(line).exitCode(), String.join(" ", line));
    }
    Result none = program.run("sweep", "work", "sweeps/none");
    assertEquals(3, none.exitCode());
    assertTrue(none.stderr().contains("is no sweep"), none.stderr());
  }

  @Test
  void everyCommandOfThePageWorks() throws Exception {
    Files.delete(directory.resolve("sweep.yaml"));
    int commands = 0;
    for (String line :
        PageCommands.of(Path.of("docs/how-to/sweep-on-many-machines.md").toAbsolutePath())) {
      List<String> words = new ArrayList<>(List.of(line.split(" ")));
      words.remove(0);
      int file = words.indexOf("configs/sweeps/mlp.yaml");
      if (file >= 0) {
        words.set(file, Path.of("configs/sweeps/mlp.yaml").toAbsolutePath().toString());
        words.addAll(List.of("--trials", "4"));
        words.addAll(List.of("training.epochs=1", "data.dataset=" + directory.resolve("rows")));
      }
      String[] called = words.toArray(String[]::new);
      // Processes that are started print where this one does.
      Result result =
          words.contains("start") ? new Mnist4jProcess(directory).run(called) : program.run(called);
      assertEquals(0, result.exitCode(), line + "\n" + result.stderr());
      if (words.contains("start")) {
        assertTrue(result.stdout().contains("4 trials: 4 "), result.stdout());
        assertTrue(result.stderr().contains("by 2 processes"), result.stderr());
        assertTrue(result.stderr().contains("Trial 3: "), result.stderr());
      }
      commands++;
    }
    assertEquals(7, commands);
    for (int trial = 0; trial < 4; trial++) {
      assertFalse(trial("here", trial).agent().isEmpty());
    }
  }
}
