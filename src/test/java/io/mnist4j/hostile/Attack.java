package io.mnist4j.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.cli.Mnist4jProcess;
import io.mnist4j.cli.Mnist4jProcess.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One hostile file, given to the program as a user would.
 *
 * @param name of the attack, and of the working directory
 * @param exitCode that it has to end in
 * @param expected a part of the one line on stderr
 * @param arguments the command line
 */
record Attack(String name, int exitCode, String expected, List<String> arguments) {
  /** The whole process may take so much memory, native libraries and all. */
  private static final int MAX_MIB = 300;

  /** Hung is what takes this long; what it really takes is printed, and judged by eye. */
  private static final int MAX_SECONDS = 90;

  /** What the process did; of several attacks in one, the memory is that of them all. */
  record Outcome(int exitCode, String stderr, boolean trace, long millis, long peakMib) {}

  /** Runs the program. */
  Outcome launch(Path directory) throws Exception {
    return launchAll(directory, List.of(this)).get(0);
  }

  /** Runs the program once, for one attack after the other. */
  static List<Outcome> launchAll(Path directory, List<Attack> attacks) throws Exception {
    Path place = Files.createDirectories(directory.resolve("at-" + attacks.get(0).name));
    Mnist4jProcess program = new Mnist4jProcess(place).jvmFlag("-Dmnist4j.attacked=true");
    long start = System.nanoTime();
    Process process = program.startAll(attacks.stream().map(Attack::arguments).toList());
    long peak = 0;
    while (!process.waitFor(5, TimeUnit.MILLISECONDS)) {
      peak = Math.max(peak, peakMib(process.pid()));
      if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos(MAX_SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException(attacks.get(0).name + " hangs");
      }
    }
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    boolean trace = Files.exists(place.resolve(EvilLayer.TRACE));
    List<Outcome> outcomes = new ArrayList<>();
    for (Result result : program.finishAll(process, attacks.size())) {
      outcomes.add(new Outcome(result.exitCode(), result.stderr(), trace, millis, peak));
    }
    return outcomes;
  }

  /** One line that says what is wrong, the exit code, and no harm. */
  void judge(Outcome outcome) {
    judgeLines(outcome, 1);
  }

  /** As {@link #judge}, where each of a file's mistakes has a line. */
  void judgeLines(Outcome outcome, int most) {
    System.out.printf(
        "%-28s exit %d, %5d ms, %4d MiB: %s%n",
        name,
        outcome.exitCode(),
        outcome.millis(),
        outcome.peakMib(),
        outcome.stderr().lines().findFirst().orElse(""));
    assertEquals(exitCode, outcome.exitCode(), outcome.stderr());
    assertFalse(outcome.trace(), "code of the attacker's choice was run");
    assertTrue(outcome.stderr().contains(expected), outcome.stderr());
    long lines = outcome.stderr().lines().count();
    assertTrue(lines >= 1 && lines <= most, lines + " lines");
    assertTrue(outcome.stderr().length() < 1_000 * most, outcome.stderr());
    assertTrue(outcome.stderr().lines().allMatch(line -> line.startsWith("mnist4j: ")));
    assertTrue(
        outcome
            .stderr()
            .chars()
            .noneMatch(c -> c != '\n' && c != '\r' && Character.isISOControl(c)),
        "control characters reach the terminal");
    assertTrue(outcome.peakMib() < MAX_MIB, outcome.peakMib() + " MiB");
  }

  /** The most memory that a process has had so far; 0 where the system does not say. */
  private static long peakMib(long pid) {
    try {
      List<String> lines = Files.readAllLines(Path.of("/proc", pid + "", "status"));
      return lines.stream()
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) >> 10)
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      return 0;
    }
  }
}
