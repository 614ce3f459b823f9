package io.mnist4j.sweep;

import io.mnist4j.config.Setting;
import io.mnist4j.data.Dataset;
import io.mnist4j.errors.ConfigException;
import io.mnist4j.errors.RunFolderException;
import io.mnist4j.files.AtomicFile;
import io.mnist4j.run.RunFolder;
import io.mnist4j.sweep.journal.FinalResult;
import io.mnist4j.sweep.journal.Journal;
import io.mnist4j.sweep.journal.JournalEntry;
import io.mnist4j.sweep.journal.Trial;
import io.mnist4j.sweep.journal.TrialHistory;
import io.mnist4j.sweep.space.Point;
import io.mnist4j.text.Json;
import io.mnist4j.train.EpochMetrics;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A sweep's folder with its journal open: whoever has it is the only one who adds to it.
 *
 * @param sweep as it stands in the folder
 * @param journal open
 */
public record SweepFolder(Sweep sweep, SweepDirectory directory, Journal journal)
    implements AutoCloseable {

  /**
   * Makes the folder of a sweep that the user named.
   *
   * @param output the folder of all sweeps
   * @throws IllegalArgumentException if the name cannot be a folder's
   * @throws FileAlreadyExistsException if there is something of that name
   */
  public static SweepFolder create(Path output, String name, Sweep sweep)
      throws IOException, RunFolderException, ConfigException {
    return open(RunFolder.create(output, name, begun(sweep)).path(), sweep, false);
  }

  /** Makes the folder of the next sweep: the stem with the first number that is free. */
  public static SweepFolder createNext(Path output, String stem, Sweep sweep)
      throws IOException, RunFolderException, ConfigException {
    return open(RunFolder.createNext(output, stem, begun(sweep)).path(), sweep, false);
  }

  /** Nothing has happened yet. */
  private static AtomicFile.ContentWriter begun(Sweep sweep) {
    return folder -> {
      SweepDirectory directory = new SweepDirectory(folder);
      sweep.write(directory);
      AtomicFile.write(directory.journal(), "");
    };
  }

  /**
   * Reads the sweep of a folder.
   *
   * @param settings that may change: trials, time-limit, parallel, threads, retries
   * @throws RunFolderException if there is no sweep in the folder
   * @throws ConfigException if its files have been changed by hand, to nothing that makes sense
   */
  public static Sweep read(Path folder, List<Setting> settings)
      throws RunFolderException, ConfigException {
    if (!SweepDirectory.isSweep(folder)) {
      throw new RunFolderException(
          "%s is no sweep: it has no journal.jsonl; `mnist4j sweep FILE` begins one"
              .formatted(folder));
    }
    return Sweep.read(new SweepDirectory(folder).sweep(), settings, List.of());
  }

  /**
   * Opens a folder that has a sweep.
   *
   * @param sweep as {@link #read} gave it; it is written back if it has changed
   * @param wait whether to wait for another process that works on it
   * @throws RunFolderException if the journal is damaged, or another process works on it
   */
  public static SweepFolder open(Path folder, Sweep sweep, boolean wait)
      throws IOException, RunFolderException, ConfigException {
    SweepDirectory directory = new SweepDirectory(folder);
    Journal journal = Journal.open(directory.journal(), sweep.space(), wait);
    try {
      AtomicFile.deleteLeftovers(folder);
      SweepRun.makeGood(sweep, directory, journal.trials());
    } catch (IOException | ConfigException | RuntimeException e) {
      journal.close();
      throw e;
    }
    return new SweepFolder(sweep, directory, journal);
  }

  /**
   * Makes sure that a sweep goes on with the data that it was begun with, and takes note of it.
   *
   * @return the sweep with the name of the data set
   * @throws RunFolderException if it was begun with other data
   */
  public SweepFolder on(Dataset dataset) throws IOException, RunFolderException {
    Optional<JournalEntry.Begun> begun = journal.trials().begun();
    if (begun.isPresent() && !begun.get().contentSha256().equals(dataset.contentSha256())) {
      throw new RunFolderException(
          "%s was begun with other data: %s is not the %s of then"
              .formatted(directory.path(), dataset.name(), begun.get().dataset()));
    }
    Sweep named = sweep.base().data().isAuto() ? sweep.withDataset(dataset.name()) : sweep;
    named.write(directory);
    if (begun.isEmpty()) {
      journal.append(new JournalEntry.Begun(dataset.name(), dataset.contentSha256()));
    }
    return new SweepFolder(named, directory, journal);
  }

  /**
   * What the sweep of a folder has come to by now, whoever works on it.
   *
   * @throws RunFolderException if there is no sweep in the folder, or its journal is damaged
   * @throws ConfigException if its files have been changed by hand, to nothing that makes sense
   */
  public static SweepSummary summary(Path folder) throws RunFolderException, ConfigException {
    Sweep sweep = read(folder, List.of());
    SweepDirectory directory = new SweepDirectory(folder);
    return new SweepSummary(sweep, directory, Journal.read(directory.journal(), sweep.space()));
  }

  /** What it has come to. */
  public SweepSummary summary() {
    return new SweepSummary(sweep, directory, journal.trials());
  }

  /**
   * Hands a trial out to somebody else, who evaluates it and {@link #tell}s.
   *
   * @return the trial, whose experiment lies in its folder; empty if there are enough
   */
  public Optional<Trial> ask() throws IOException, ConfigException {
    TrialHistory history = journal.trials();
    Optional<Point> point = SweepRun.nextNew(sweep, history, sweep.settings().method());
    if (point.isEmpty()) {
      return Optional.empty();
    }
    int number = history.next();
    journal.append(new JournalEntry.Started(number, point.get(), history.elapsed()));
    Trial trial = history.get(number).orElseThrow();
    SweepRun.writeFiles(sweep, directory, history, trial);
    return Optional.of(trial);
  }

  /** A trial for a shell: its number and its experiment file. */
  public String toText(Trial trial) {
    return "%d %s%n".formatted(trial.number(), directory.trial(trial.number()).config());
  }

  /** A trial for any program: its number, its settings and its experiment file. */
  public String toJson(Trial trial) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("trial", trial.number());
    document.put("experiment", directory.trial(trial.number()).config().toString());
    document.put("settings", trial.point().values());
    return Json.line(document) + "\n";
  }

  /**
   * Takes note of an epoch of a trial that somebody else evaluates.
   *
   * @param value of the objective
   * @return whether the trial is to go on; if not, it counts as stopped
   * @throws RunFolderException if that trial does not run
   */
  public boolean tellEpoch(int number, double value)
      throws IOException, RunFolderException, ConfigException {
    Trial trial = running(number);
    TrialHistory history = journal.trials();
    boolean accuracy = sweep.settings().objective().maximizes();
    EpochMetrics epoch =
        new EpochMetrics(
            trial.epochs().size() + 1,
            Double.NaN,
            accuracy ? Double.NaN : value,
            accuracy ? value : Double.NaN,
            0);
    journal.append(new JournalEntry.Progressed(number, epoch));
    boolean stop =
        sweep
            .settings()
            .scheduler()
            .stop(number, history.observations(sweep.settings().objective()));
    if (stop) {
      end(number, Trial.TrialState.PRUNED, 0, "not among the best after epoch " + epoch.epoch());
    }
    return !stop;
  }

  /**
   * Takes note of the result of a trial that somebody else evaluated.
   *
   * @param value of the objective
   * @throws RunFolderException if that trial does not run
   */
  public void tell(int number, double value)
      throws IOException, RunFolderException, ConfigException {
    Trial trial = running(number);
    boolean accuracy = sweep.settings().objective().maximizes();
    int epoch = trial.epochs().size() + 1;
    journal.append(
        new JournalEntry.Progressed(
            number,
            new EpochMetrics(
                epoch,
                Double.NaN,
                accuracy ? Double.NaN : value,
                accuracy ? value : Double.NaN,
                0)));
    end(number, Trial.TrialState.COMPLETE, epoch, "");
  }

  /**
   * Takes note that a trial has failed.
   *
   * @throws RunFolderException if that trial does not run
   */
  public void tellFailed(int number, String reason)
      throws IOException, RunFolderException, ConfigException {
    running(number);
    end(number, Trial.TrialState.DIVERGED, 0, reason);
  }

  private void end(int number, Trial.TrialState state, int bestEpoch, String reason)
      throws IOException, ConfigException {
    TrialHistory history = journal.trials();
    journal.append(new JournalEntry.Ended(number, state, bestEpoch, reason, history.elapsed()));
    SweepRun.writeFiles(sweep, directory, history, history.get(number).orElseThrow());
  }

  private Trial running(int number) throws RunFolderException {
    Optional<Trial> trial = journal.trials().get(number);
    if (trial.isEmpty()) {
      throw new RunFolderException(
          "%s has no trial %d; `mnist4j sweep ask` begins one".formatted(directory.path(), number));
    }
    if (trial.get().state() != Trial.TrialState.RUNNING) {
      throw new RunFolderException(
          "trial %d of %s is over already".formatted(number, directory.path()));
    }
    return trial.get();
  }

  /** Whether there is nothing left to do. */
  public boolean isFinished() {
    return noTrialIsLeft() && lastTrainingIsDone();
  }

  private boolean noTrialIsLeft() {
    TrialHistory history = journal.trials();
    return history.elapsed() >= sweep.settings().timeLimitSeconds()
        || (history.count(Trial.TrialState.RUNNING) == 0
            && SweepRun.nextNew(sweep, history, sweep.settings().method()).isEmpty());
  }

  /** Whether the network in the folder is that of the best trial. */
  public boolean lastTrainingIsDone() {
    Optional<Integer> best = journal.trials().best(sweep.settings().objective()).map(Trial::number);
    return best.isPresent()
        && journal.trials().finish().map(FinalResult::trial).equals(best)
        && Files.exists(directory.model());
  }

  @Override
  public void close() throws IOException {
    journal.close();
  }
}
