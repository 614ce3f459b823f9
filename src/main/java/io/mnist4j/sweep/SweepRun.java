package io.mnist4j.sweep;

import io.mnist4j.errors.ConfigException;
import io.mnist4j.errors.WorkersException;
import io.mnist4j.run.Experiment;
import io.mnist4j.sweep.journal.JournalEntry;
import io.mnist4j.sweep.journal.Trial;
import io.mnist4j.sweep.journal.TrialHistory;
import io.mnist4j.sweep.search.SweepSettings;
import io.mnist4j.sweep.search.TrialState;
import io.mnist4j.sweep.workers.TrialInbox;
import io.mnist4j.sweep.workers.TrialOutcome;
import io.mnist4j.sweep.workers.TrialTask;
import io.mnist4j.sweep.workers.TrialWorkers;
import io.mnist4j.train.EpochMetrics;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Carries out the trials of a sweep. One thread takes all decisions, in the order in which messages
 * arrive, and writes each into the journal before anything follows from it. A decision depends on
 * the journal alone, so a sweep that was killed continues as if it had not been.
 */
public final class SweepRun {
  private static final long TICK_MILLIS = 200;

  private final SweepFolder folder;
  private final SweepSettings settings;
  private final TrialHistory history;
  private final TrialWorkers workers;
  private final SweepMonitor monitor;
  private final BlockingQueue<Message> messages = new LinkedBlockingQueue<>();

  /** Trials that are to be run again. */
  private final Deque<Trial> again = new ArrayDeque<>();

  private final Map<Integer, String> whyStopped = new HashMap<>();
  private final double secondsBefore;
  private final long startNanos = System.nanoTime();
  private int running;

  /** From a worker, handled by the thread that decides. */
  private interface Message {
    void handle() throws IOException, ConfigException;
  }

  /**
   * @param folder whose trials that have begun and not ended are run again
   */
  public SweepRun(SweepFolder folder, TrialWorkers workers, SweepMonitor monitor) {
    this.folder = folder;
    this.settings = folder.sweep().settings();
    this.history = folder.journal().trials();
    this.workers = workers;
    this.monitor = monitor;
    secondsBefore = history.elapsed();
    history.all().stream()
        .filter(trial -> trial.state() == TrialState.RUNNING || trial.mayRetry(settings.retries()))
        .forEach(again::add);
  }

  /**
   * Runs trials until there are enough of them, the time is over, or the monitor ends it.
   *
   * @return whether all that were wanted are done
   * @throws IOException if the journal or a trial's files cannot be written
   * @throws WorkersException if no worker is left to run trials
   */
  public boolean run() throws IOException, ConfigException, InterruptedException, WorkersException {
    TrialInbox inbox = new Inbox();
    boolean abandoned = false;
    while (true) {
      if (monitor.abandon() && !abandoned) {
        workers.abandon();
        abandoned = true;
      }
      workers.check();
      boolean more = fill(inbox);
      if (running == 0) {
        return !more;
      }
      Message next = messages.poll(TICK_MILLIS, TimeUnit.MILLISECONDS);
      if (next == null) {
        monitor.onProgress(history);
      } else {
        next.handle();
      }
    }
  }

  /** Keeps all workers busy; returns whether there may be more to do. */
  private boolean fill(TrialInbox inbox) throws IOException, ConfigException {
    while (running < workers.count() && !monitor.drain()) {
      Optional<JournalEntry.Started> next = timeIsUp() ? Optional.empty() : next();
      if (next.isEmpty()) {
        return false;
      }
      again.poll();
      begin(next.get(), inbox);
    }
    return true;
  }

  private Optional<JournalEntry.Started> next() {
    if (!again.isEmpty()) {
      Trial trial = again.peek();
      return Optional.of(
          new JournalEntry.Started(trial.number(), trial.point().values(), elapsed()));
    }
    return folder
        .nextPoint()
        .map(point -> new JournalEntry.Started(history.next(), point.values(), elapsed()));
  }

  private void begin(JournalEntry.Started start, TrialInbox inbox)
      throws IOException, ConfigException {
    folder.journal().append(start);
    Trial trial = history.get(start.trial()).orElseThrow();
    Experiment experiment;
    try {
      experiment = folder.sweep().experiment(trial.point());
    } catch (ConfigException e) {
      // Values that contradict each other, which no check of single ones can find.
      append(trial.number(), TrialOutcome.without(TrialState.INVALID, e.problems().get(0)));
      folder.writeLeaderboard();
      monitor.onEnd(history.get(trial.number()).orElseThrow(), history);
      return;
    }
    running++;
    workers.begin(
        new TrialTask(trial.number(), experiment, settings.threads(), settings.repeats()), inbox);
    monitor.onProgress(history);
  }

  /** Returns whether the trial continues. */
  private boolean epochDone(int trial, EpochMetrics epoch) throws IOException {
    folder.journal().append(JournalEntry.Progressed.of(trial, epoch));
    monitor.onProgress(history);
    if (timeIsUp()) {
      whyStopped.put(trial, "the sweep's time was over after epoch " + epoch.epoch());
      return false;
    }
    if (folder.stops(trial)) {
      whyStopped.put(trial, "not among the best after epoch " + epoch.epoch());
      return false;
    }
    return true;
  }

  private void ended(int number, TrialOutcome outcome) throws IOException, ConfigException {
    running--;
    if (outcome.state() == TrialState.RUNNING) {
      return;
    }
    append(number, outcome);
    Trial trial = history.get(number).orElseThrow();
    folder.write(trial);
    monitor.onEnd(trial, history);
    if (trial.mayRetry(settings.retries())) {
      again.add(trial);
    }
  }

  private void append(int trial, TrialOutcome outcome) throws IOException {
    String reason =
        outcome.state() == TrialState.PRUNED
            ? whyStopped.getOrDefault(trial, outcome.reason())
            : outcome.reason();
    folder
        .journal()
        .append(
            new JournalEntry.Ended(
                trial,
                outcome.state(),
                outcome.bestEpoch(),
                reason,
                elapsed(),
                false,
                outcome.results()));
  }

  private double elapsed() {
    return secondsBefore + (System.nanoTime() - startNanos) / 1e9;
  }

  private boolean timeIsUp() {
    return elapsed() >= settings.timeLimitSeconds();
  }

  private final class Inbox implements TrialInbox {
    @Override
    public boolean report(int trial, EpochMetrics epoch) {
      CompletableFuture<Boolean> goesOn = new CompletableFuture<>();
      messages.add(() -> goesOn.complete(epochDone(trial, epoch)));
      return goesOn.join();
    }

    @Override
    public void ended(int trial, TrialOutcome outcome) {
      messages.add(() -> SweepRun.this.ended(trial, outcome));
    }
  }
}
