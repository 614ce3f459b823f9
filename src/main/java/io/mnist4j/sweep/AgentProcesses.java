package io.mnist4j.sweep;

import io.mnist4j.errors.ConfigException;
import io.mnist4j.errors.RunFolderException;
import io.mnist4j.sweep.journal.Trial;
import io.mnist4j.sweep.journal.TrialHistory;
import io.mnist4j.sweep.search.TrialState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Agents as processes of their own on this machine, each with a graphics card where there are. */
public final class AgentProcesses implements AutoCloseable {
  private static final String VISIBLE = "CUDA_VISIBLE_DEVICES";

  private static final long POLL_MILLIS = 500;

  private final List<Process> processes = new ArrayList<>();

  private AgentProcesses() {}

  /**
   * Starts them; what they print goes where this process prints, as signals from a terminal do.
   *
   * @param command of each of them
   * @param count of them, from 1
   * @param onCards whether each is to see one graphics card alone
   */
  public static AgentProcesses start(List<String> command, int count, boolean onCards)
      throws IOException {
    AgentProcesses all = new AgentProcesses();
    try {
      for (int i = 0; i < count; i++) {
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        if (onCards) {
          builder.environment().put(VISIBLE, card(builder.environment(), i));
        }
        all.processes.add(builder.start());
      }
      return all;
    } catch (IOException | RuntimeException e) {
      all.close();
      throw e;
    }
  }

  /**
   * What lets a process see a single card.
   *
   * @param environment whose list of visible cards the number counts in, if it has one
   * @param number from 0
   * @throws IllegalArgumentException if there is no such card in the list
   */
  static String card(Map<String, String> environment, int number) {
    String visible = environment.getOrDefault(VISIBLE, "");
    if (visible.isBlank()) {
      return String.valueOf(number);
    }
    String[] cards = visible.split(",", -1);
    if (number >= cards.length) {
      throw new IllegalArgumentException(
          "there is no device %d: %s=%s has %d".formatted(number, VISIBLE, visible, cards.length));
    }
    return cards[number].strip();
  }

  /** Runs a command on a card, and returns its exit code. */
  public static int runOn(int card, List<String> command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
    builder.environment().put(VISIBLE, card(builder.environment(), card));
    return run(builder);
  }

  /** Runs a command, and returns its exit code. */
  public static int run(List<String> command) throws IOException, InterruptedException {
    return run(new ProcessBuilder(command).inheritIO());
  }

  private static int run(ProcessBuilder builder) throws IOException, InterruptedException {
    Process process = builder.start();
    try {
      return process.waitFor();
    } finally {
      process.destroy();
    }
  }

  /**
   * Tells of the trials that end, until all processes have.
   *
   * @param folder of the sweep
   * @return the exit codes of those that failed
   */
  public List<Integer> follow(Path folder, AgentMonitor monitor)
      throws InterruptedException, RunFolderException, ConfigException {
    Set<Integer> told = ended(SweepFolder.summary(folder).trials());
    boolean run = true;
    while (run) {
      run = processes.stream().anyMatch(Process::isAlive);
      if (run) {
        Thread.sleep(POLL_MILLIS);
      }
      TrialHistory history = SweepFolder.summary(folder).trials();
      for (int number : ended(history)) {
        if (told.add(number)) {
          monitor.onEnd(history.get(number).orElseThrow(), history);
        }
      }
      monitor.onProgress(history);
      if (monitor.abandon()) {
        close();
      }
    }
    return processes.stream().map(Process::exitValue).filter(code -> code != 0).toList();
  }

  private static Set<Integer> ended(TrialHistory history) {
    return history.all().stream()
        .filter(trial -> trial.state() != TrialState.RUNNING)
        .map(Trial::number)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Asks all to end: they give their trials up, for others. */
  @Override
  public void close() {
    processes.forEach(Process::destroy);
  }
}
