package io.mnist4j.sweep;

import io.mnist4j.errors.ConfigException;
import io.mnist4j.errors.WorkersException;
import io.mnist4j.files.AtomicFile;
import io.mnist4j.run.Experiment;
import io.mnist4j.run.ExperimentFile;
import io.mnist4j.run.RunFolder;
import io.mnist4j.run.RunFormat;
import io.mnist4j.sweep.journal.Journal;
import io.mnist4j.sweep.journal.JournalEntry;
import io.mnist4j.sweep.journal.Trial;
import io.mnist4j.sweep.journal.TrialHistory;
import io.mnist4j.sweep.search.Sampler;
import io.mnist4j.sweep.search.Scheduler;
import io.mnist4j.sweep.space.Point;
import io.mnist4j.sweep.workers.TrialInbox;
import io.mnist4j.sweep.workers.TrialOutcome;
import io.mnist4j.sweep.workers.TrialTask;
import io.mnist4j.sweep.workers.TrialWorkers;
import io.mnist4j.train.EpochMetrics;
import java.io.IOException;
import java.nio.file.Files;
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
 * Carries out the trials of a sweep. One thread decides everything, in the order in which news
 * comes in, and writes it into the journal before anything follows from it; whatever it decides
 * depends on the journal alone, so that a sweep that was killed goes on as if it had not been.
 */
public final class SweepRun {
  private static final long TICK_MILLIS = 200;

  private final Sweep sweep;
  private final SweepDirectory directory;
  private final Journal journal;
  private final TrialHistory history;
  private final TrialWorkers workers;
  private final SweepListener listener;
  private final Stop stop;
  private final Sampler sampler;
  private final Scheduler scheduler;
  private final BlockingQueue<News> news = new LinkedBlockingQueue<>();

  /** Trials that are to be run again. */
  private final Deque<Trial> again = new ArrayDeque<>();

  private final Map<Integer, String> whyStopped = new HashMap<>();
  private final double workedBefore;
  private final long startNanos = System.nanoTime();
  private int running;

  /** Whether somebody wants the sweep to end before its time. */
  public interface Stop {
    /** No more trials are to begin. */
    boolean drain();

    /** Running trials are to be given up; they run again when the sweep goes on. */
    boolean abandon();
  }

  private sealed interface News {
    record Report(int trial, EpochMetrics epoch, CompletableFuture<Boolean> goOn) implements News {}

    record End(int trial, TrialOutcome outcome) implements News {}
  }

  /**
   * @param journal of this sweep, open; trials that it has begun and not ended are run again
   */
  public SweepRun(
      Sweep sweep,
      SweepDirectory directory,
      Journal journal,
      TrialWorkers workers,
      SweepListener listener,
      Stop stop) {
    this.sweep = sweep;
    this.directory = directory;
    this.journal = journal;
    this.history = journal.trials();
    this.workers = workers;
    this.listener = listener;
    this.stop = stop;
    sampler = sweep.settings().method();
    scheduler = sweep.settings().scheduler();
    workedBefore = history.elapsed();
    history.all().stream()
        .filter(trial -> trial.state() == Trial.TrialState.RUNNING || mayRetry(trial))
        .forEach(again::add);
  }

  /**
   * Runs trials until there are enough of them, the time is over, or somebody wants it to stop.
   *
   * @return whether all that were wanted are done
   * @throws IOException if the journal or a trial's files cannot be written
   * @throws WorkersException if there is nobody left to run trials
   */
  public boolean run() throws IOException, ConfigException, InterruptedException, WorkersException {
    TrialInbox inbox = new Inbox();
    boolean abandoned = false;
    while (true) {
      if (stop.abandon() && !abandoned) {
        workers.abandon();
        abandoned = true;
      }
      workers.check();
      boolean more = fill(inbox);
      if (running == 0) {
        return !more;
      }
      News next = news.poll(TICK_MILLIS, TimeUnit.MILLISECONDS);
      if (next instanceof News.Report report) {
        report.goOn().complete(epochDone(report.trial(), report.epoch()));
      } else if (next instanceof News.End end) {
        running--;
        ended(end.trial(), end.outcome());
      } else {
        listener.onTick(history);
      }
    }
  }

  /** Keeps all workers busy; returns whether there may be more to do. */
  private boolean fill(TrialInbox inbox) throws IOException, ConfigException {
    while (running < workers.count() && !stop.drain()) {
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
      return Optional.of(new JournalEntry.Started(trial.number(), trial.point(), elapsed()));
    }
    return nextNew(sweep, history, sampler)
        .map(point -> new JournalEntry.Started(history.next(), point, elapsed()));
  }

  /** The point of the next new trial; empty if there are enough. */
  static Optional<Point> nextNew(Sweep sweep, TrialHistory history, Sampler sampler) {
    int wanted = sweep.settings().trials();
    if (wanted > 0 && history.next() >= wanted) {
      return Optional.empty();
    }
    return sampler.sample(
        sweep.space(),
        history.observations(sweep.settings().objective()),
        sweep.settings().seed(),
        history.next());
  }

  private void begin(JournalEntry.Started start, TrialInbox inbox)
      throws IOException, ConfigException {
    Experiment experiment;
    try {
      experiment = sweep.experiment(start.point());
    } catch (ConfigException e) {
      // Values that contradict each other, which no check of single ones can find.
      journal.append(start);
      journal.append(end(start.trial(), Trial.TrialState.INVALID, 0, e.problems().get(0)));
      AtomicFile.write(directory.leaderboard(), Leaderboard.csv(sweep, history));
      listener.onEnd(history.get(start.trial()).orElseThrow(), history);
      return;
    }
    journal.append(start);
    running++;
    workers.begin(new TrialTask(start.trial(), experiment, sweep.settings().threads()), inbox);
    listener.onStart(history.get(start.trial()).orElseThrow(), history);
  }

  private boolean epochDone(int trial, EpochMetrics epoch) throws IOException {
    journal.append(new JournalEntry.Progressed(trial, epoch));
    listener.onEpoch(history.get(trial).orElseThrow(), history);
    if (timeIsUp()) {
      whyStopped.put(trial, "the sweep's time was over after epoch " + epoch.epoch());
      return false;
    }
    if (scheduler.stop(trial, history.observations(sweep.settings().objective()))) {
      whyStopped.put(trial, "not among the best after epoch " + epoch.epoch());
      return false;
    }
    return true;
  }

  private void ended(int trial, TrialOutcome outcome) throws IOException, ConfigException {
    if (outcome instanceof TrialOutcome.Abandoned) {
      return;
    }
    journal.append(end(trial, outcome));
    Trial over = history.get(trial).orElseThrow();
    writeFiles(sweep, directory, history, over);
    listener.onEnd(over, history);
    if (mayRetry(over)) {
      again.add(over);
    }
  }

  private JournalEntry.Ended end(int trial, TrialOutcome outcome) {
    if (outcome instanceof TrialOutcome.Completed completed) {
      return end(trial, Trial.TrialState.COMPLETE, completed.bestEpoch(), "");
    }
    if (outcome instanceof TrialOutcome.Diverged diverged) {
      return end(trial, Trial.TrialState.DIVERGED, 0, diverged.reason());
    }
    if (outcome instanceof TrialOutcome.Invalid invalid) {
      return end(trial, Trial.TrialState.INVALID, 0, invalid.reason());
    }
    if (outcome instanceof TrialOutcome.Failed failed) {
      return end(trial, Trial.TrialState.FAILED, 0, failed.reason());
    }
    return end(trial, Trial.TrialState.PRUNED, 0, whyStopped.getOrDefault(trial, "stopped"));
  }

  private boolean mayRetry(Trial trial) {
    return trial.state() == Trial.TrialState.FAILED
        && trial.failures() <= sweep.settings().retries();
  }

  private JournalEntry.Ended end(int trial, Trial.TrialState state, int bestEpoch, String reason) {
    return new JournalEntry.Ended(trial, state, bestEpoch, reason, elapsed());
  }

  private double elapsed() {
    return workedBefore + (System.nanoTime() - startNanos) / 1e9;
  }

  private boolean timeIsUp() {
    return elapsed() >= sweep.settings().timeLimitSeconds();
  }

  /** Writes what a process that was killed had in its journal, and nowhere else yet. */
  static void makeGood(Sweep sweep, SweepDirectory directory, TrialHistory history)
      throws IOException, ConfigException {
    for (Trial trial : history.all()) {
      RunFolder folder = directory.trial(trial.number());
      boolean whole = Files.exists(folder.metrics()) && Files.exists(folder.config());
      if (trial.state() != Trial.TrialState.RUNNING && !trial.epochs().isEmpty() && !whole) {
        writeTrial(sweep, directory, trial);
      }
    }
    if (!history.all().isEmpty()) {
      AtomicFile.write(directory.leaderboard(), Leaderboard.csv(sweep, history));
    }
  }

  /** What can be made again from the journal: the trial's folder and the leaderboard. */
  static void writeFiles(Sweep sweep, SweepDirectory directory, TrialHistory history, Trial trial)
      throws IOException, ConfigException {
    writeTrial(sweep, directory, trial);
    AtomicFile.write(directory.leaderboard(), Leaderboard.csv(sweep, history));
  }

  private static void writeTrial(Sweep sweep, SweepDirectory directory, Trial trial)
      throws IOException, ConfigException {
    Experiment experiment = sweep.experiment(trial.point());
    RunFolder folder = directory.trial(trial.number());
    Files.createDirectories(folder.path());
    AtomicFile.write(folder.config(), ExperimentFile.toYaml(experiment));
    if (!trial.epochs().isEmpty()) {
      RunFormat.writeMetrics(folder, trial.epochs());
    }
  }

  private final class Inbox implements TrialInbox {
    @Override
    public boolean report(int trial, EpochMetrics epoch) {
      CompletableFuture<Boolean> goOn = new CompletableFuture<>();
      news.add(new News.Report(trial, epoch, goOn));
      return goOn.join();
    }

    @Override
    public void ended(int trial, TrialOutcome outcome) {
      news.add(new News.End(trial, outcome));
    }
  }
}
