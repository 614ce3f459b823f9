package io.mnist4j.sweep;

import io.mnist4j.sweep.journal.Lease;
import io.mnist4j.sweep.journal.Trial;
import io.mnist4j.sweep.journal.TrialHistory;
import io.mnist4j.sweep.search.TrialState;
import io.mnist4j.sweep.workers.TrialOutcome;
import io.mnist4j.sweep.workers.TrialTask;
import io.mnist4j.train.EpochMetrics;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;

/**
 * Agents whose trials take milliseconds, since nothing is trained: the accuracy follows from the
 * settings. As a program: {@code SWEEP AGENTS MILLIS}, the milliseconds of an epoch; tells how many
 * trials they asked for in a second.
 */
public final class SimulatedAgents {
  private static final int EPOCHS = 3;

  private SimulatedAgents() {}

  public static void main(String... args) throws Exception {
    Path folder = Path.of(args[0]);
    long start = System.nanoTime();
    run(folder, Integer.parseInt(args[1]), Long.parseLong(args[2]), Lease.DEFAULT);
    double seconds = (System.nanoTime() - start) / 1e9;
    int trials = SweepFolder.summary(folder).trials().next();
    System.out.printf("%d trials in %.1f s: %.1f a second%n", trials, seconds, trials / seconds);
  }

  /** Runs them until no trial is left. */
  public static void run(Path folder, int agents, long epochMillis, Lease lease) throws Exception {
    Sweep sweep = SweepFolder.read(folder, List.of());
    ExecutorService threads = Executors.newFixedThreadPool(agents);
    List<Future<Void>> all = new ArrayList<>();
    for (int i = 0; i < agents; i++) {
      Callable<Void> agent =
          () -> {
            try (SweepFolder own = SweepFolder.join(folder, sweep, lease)) {
              trainer(own, epochMillis).run(new Semaphore(Integer.MAX_VALUE));
            }
            return null;
          };
      all.add(threads.submit(agent));
    }
    threads.shutdown();
    for (Future<Void> agent : all) {
      agent.get();
    }
  }

  /** An agent with a folder of its own. */
  public static SweepAgent trainer(SweepFolder folder, long epochMillis) {
    return new SweepAgent(
        folder, (task, report, abandoned) -> train(task, report, epochMillis), new Silent());
  }

  private static TrialOutcome train(
      TrialTask task, Predicate<EpochMetrics> report, long epochMillis) {
    for (int epoch = 1; epoch <= EPOCHS; epoch++) {
      try {
        Thread.sleep(epochMillis);
      } catch (InterruptedException e) {
        return TrialOutcome.without(TrialState.RUNNING, "interrupted");
      }
      double accuracy = accuracy(task) * epoch / EPOCHS;
      if (!report.test(
          new EpochMetrics(epoch, 1 - accuracy, 1 - accuracy, accuracy, 0.001, null, null, null))) {
        return TrialOutcome.without(TrialState.PRUNED, "stopped");
      }
    }
    return TrialOutcome.completed(EPOCHS);
  }

  /** The same for the same settings, and another for others. */
  static double accuracy(TrialTask task) {
    double rate = task.experiment().training().optimizer().learningRate();
    return 1 / (1 + Math.abs(Math.log(rate / 0.01)));
  }

  /** Hears nothing, and ends nothing. */
  private static final class Silent implements AgentMonitor {
    @Override
    public void onProgress(TrialHistory all) {}

    @Override
    public void onEnd(Trial trial, TrialHistory all) {}

    @Override
    public boolean drain() {
      return false;
    }

    @Override
    public boolean abandon() {
      return false;
    }
  }
}
