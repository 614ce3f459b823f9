package io.mnist4j.sweep;

import io.mnist4j.errors.ConfigException;
import io.mnist4j.errors.RunFolderException;
import io.mnist4j.run.Experiment;
import io.mnist4j.sweep.journal.JournalEntry;
import io.mnist4j.sweep.journal.SharedJournal;
import io.mnist4j.sweep.journal.Trial;
import io.mnist4j.sweep.journal.TrialHistory;
import io.mnist4j.sweep.search.SweepSettings;
import io.mnist4j.sweep.search.TrialState;
import io.mnist4j.sweep.workers.TrialOutcome;
import io.mnist4j.sweep.workers.TrialTask;
import io.mnist4j.train.EpochMetrics;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * Carries out trials of a sweep on which other agents work too, here or elsewhere: takes one,
 * trains, and writes its end, until there are no more. Takes over the trials of agents that were
 * killed. One whose trial another has taken over, since it seemed dead, gives the trial up.
 */
public final class SweepAgent {
  private static final long WAIT_MILLIS = 500;
  private static final long LEADERBOARD_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final SweepFolder folder;
  private final SweepSettings settings;
  private final SharedJournal journal;
  private final TrialTraining training;
  private final AgentMonitor monitor;
  private long leaderboardNanos = System.nanoTime() - LEADERBOARD_NANOS;
  private Optional<JournalEntry.Started> proposed = Optional.empty();
  private int proposedAfter = -1;
  private boolean lost;
  private String whyStopped = "";

  /** Why an epoch could not be written; the trial is no worse for it. */
  private Optional<IOException> failure = Optional.empty();

  /** Carries out a trial, whatever goes wrong with it; called by the agent's thread. */
  @FunctionalInterface
  public interface TrialTraining {
    TrialOutcome run(TrialTask task, Predicate<EpochMetrics> report, BooleanSupplier abandoned);
  }

  /**
   * @param folder that was joined
   * @param monitor is told of this agent's trials
   */
  public SweepAgent(SweepFolder folder, TrialTraining training, AgentMonitor monitor) {
    this.folder = folder;
    this.settings = folder.sweep().settings();
    this.journal = (SharedJournal) folder.journal();
    this.training = training;
    this.monitor = monitor;
  }

  /**
   * Works until no trial is left that may be begun or taken over.
   *
   * @param allowed the trials that may still be begun; one is taken for each
   * @throws RunFolderException if the journal is damaged
   * @throws IOException if it cannot be written, as where a process has taken the sweep for itself
   */
  public void run(Semaphore allowed)
      throws IOException, ConfigException, RunFolderException, InterruptedException {
    while (!monitor.drain() && allowed.tryAcquire()) {
      journal.readOn();
      Optional<Trial> trial = folder.begin(this::next);
      if (trial.isPresent()) {
        carryOut(trial.get());
        continue;
      }
      allowed.release();
      if (timeIsUp() || !othersRun()) {
        return;
      }
      monitor.onProgress(journal.trials());
      Thread.sleep(WAIT_MILLIS);
    }
  }

  /** Trials of dead agents first, then those that failed and are tried again, then new ones. */
  private Optional<JournalEntry.Started> next() {
    if (timeIsUp()) {
      return Optional.empty();
    }
    Optional<Trial> again =
        journal.trials().all().stream()
            .filter(
                trial ->
                    trial.state() == TrialState.RUNNING
                        ? journal.isLost(trial)
                        : trial.mayRetry(settings.retries()))
            .findFirst();
    return again.isEmpty()
        ? newTrial()
        : again.map(
            trial ->
                new JournalEntry.Started(
                    trial.number(), trial.point().values(), journal.elapsed(), journal.agent()));
  }

  /** Sampled again where a trial has begun or ended since, and not for each epoch of another. */
  private Optional<JournalEntry.Started> newTrial() {
    int turns = journal.trials().turns();
    if (turns != proposedAfter) {
      proposed = folder.newTrial();
      proposedAfter = turns;
    }
    return proposed;
  }

  /** Whether other agents have trials that might have to be taken over. */
  private boolean othersRun() {
    return journal.trials().all().stream()
        .anyMatch(trial -> trial.state() == TrialState.RUNNING && !trial.agent().isEmpty());
  }

  private void carryOut(Trial trial) throws IOException, ConfigException {
    int number = trial.number();
    lost = false;
    whyStopped = "";
    TrialOutcome outcome;
    try {
      Experiment experiment = folder.sweep().experiment(trial.point());
      monitor.onProgress(journal.trials());
      TrialTask task = new TrialTask(number, experiment, settings.threads(), settings.repeats());
      outcome = training.run(task, epoch -> goesOn(number, epoch), () -> lost || monitor.abandon());
    } catch (ConfigException e) {
      // Values that contradict each other, which no check of single ones can find.
      outcome = TrialOutcome.without(TrialState.INVALID, e.problems().get(0));
    }
    if (failure.isPresent()) {
      throw failure.get();
    }
    if (lost || outcome.state() == TrialState.RUNNING) {
      return;
    }
    String reason = outcome.state() == TrialState.PRUNED ? whyStopped : outcome.reason();
    JournalEntry end =
        new JournalEntry.Ended(
            number,
            outcome.state(),
            outcome.bestEpoch(),
            reason,
            journal.elapsed(),
            false,
            outcome.results());
    if (append(number, end)) {
      TrialHistory history = journal.trials();
      write(history.get(number).orElseThrow());
      monitor.onEnd(history.get(number).orElseThrow(), history);
    }
  }

  /** With many agents, a leaderboard for each trial would take longer than the trials. */
  private void write(Trial trial) throws IOException, ConfigException {
    folder.writeRun(trial);
    long now = System.nanoTime();
    if (now - leaderboardNanos > LEADERBOARD_NANOS) {
      folder.writeLeaderboard();
      leaderboardNanos = now;
    }
  }

  private boolean goesOn(int number, EpochMetrics epoch) {
    try {
      if (!append(number, JournalEntry.Progressed.of(number, epoch))) {
        return false;
      }
    } catch (IOException e) {
      failure = Optional.of(e);
      lost = true;
      return false;
    }
    monitor.onProgress(journal.trials());
    if (timeIsUp()) {
      whyStopped = "the sweep's time was over after epoch " + epoch.epoch();
    } else if (folder.stops(number)) {
      whyStopped = "not among the best after epoch " + epoch.epoch();
    }
    return whyStopped.isEmpty();
  }

  /** Appends what is said of a trial, as long as it is this agent's. */
  private boolean append(int number, JournalEntry entry) throws IOException {
    boolean written = false;
    while (!lost && !written) {
      lost =
          journal
              .trials()
              .get(number)
              .filter(trial -> trial.state() == TrialState.RUNNING)
              .filter(trial -> trial.agent().equals(journal.agent()))
              .isEmpty();
      written = !lost && journal.tryAppend(entry);
    }
    return written;
  }

  private boolean timeIsUp() {
    return journal.elapsed() >= settings.timeLimitSeconds();
  }
}
