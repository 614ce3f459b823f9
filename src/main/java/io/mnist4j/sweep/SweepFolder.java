package io.mnist4j.sweep;

import io.mnist4j.config.Setting;
import io.mnist4j.data.Dataset;
import io.mnist4j.data.store.DatasetChoice;
import io.mnist4j.errors.ConfigException;
import io.mnist4j.errors.RunFolderException;
import io.mnist4j.eval.Spread;
import io.mnist4j.files.AtomicFile;
import io.mnist4j.run.ExperimentFile;
import io.mnist4j.run.RunFolder;
import io.mnist4j.run.RunFormat;
import io.mnist4j.sweep.journal.Journal;
import io.mnist4j.sweep.journal.JournalEntry;
import io.mnist4j.sweep.journal.Lease;
import io.mnist4j.sweep.journal.SeedResult;
import io.mnist4j.sweep.journal.Trial;
import io.mnist4j.sweep.journal.TrialHistory;
import io.mnist4j.sweep.search.SweepSettings;
import io.mnist4j.sweep.search.TrialState;
import io.mnist4j.sweep.space.Point;
import io.mnist4j.text.Json;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.nd4j.shade.jackson.annotation.JsonInclude;

/**
 * A sweep's folder with its journal open: either no other process writes there meanwhile, or all
 * that do are agents, or ask for trials and tell their results.
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
   * @throws ConfigException if its files have been changed by hand, and are wrong
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
      // Not those of the report, which any process may write.
      AtomicFile.deleteLeftoversOf(
          directory.sweep(), directory.base(), directory.leaderboard(), directory.best());
      SweepFolder opened = new SweepFolder(sweep, directory, journal);
      opened.writeMissing();
      return opened;
    } catch (IOException | ConfigException | RuntimeException e) {
      journal.close();
      throw e;
    }
  }

  /**
   * Joins the agents that work on a sweep, as one of them; the folder may lie on any machine's
   * disk.
   *
   * @param sweep as {@link #read} gave it
   * @throws RunFolderException if the journal is damaged, or a process has the sweep for itself
   */
  public static SweepFolder join(Path folder, Sweep sweep, Lease lease)
      throws IOException, RunFolderException {
    SweepDirectory directory = new SweepDirectory(folder);
    return new SweepFolder(
        sweep, directory, Journal.join(directory.journal(), sweep.space(), lease));
  }

  /**
   * Checks that a sweep continues with the data that it was begun with, and records them.
   *
   * @return the sweep with what {@code auto} was found to stand for
   * @throws RunFolderException if it was begun with other data
   */
  public SweepFolder on(DatasetChoice choice) throws IOException, RunFolderException {
    Dataset dataset = choice.dataset();
    checkData(dataset);
    // The share that trials are judged by where nothing else is asked for.
    boolean own =
        dataset.validation().isPresent()
            && choice.spec().validationShare() == sweep.settings().validation();
    Sweep named = sweep.withData(own ? choice.spec().withOwnValidation() : choice.spec());
    named.write(directory);
    JournalEntry.Begun begun =
        new JournalEntry.Begun(
            1,
            dataset.name(),
            dataset.contentSha256(),
            dataset.train().height(),
            dataset.train().width(),
            named.base().data().classes().isEmpty()
                ? dataset.classNames().size()
                : named.base().data().classes().size());
    while (journal.trials().begun().isEmpty() && !journal.tryAppend(begun)) {
      checkData(dataset);
    }
    return new SweepFolder(named, directory, journal);
  }

  private void checkData(Dataset dataset) throws RunFolderException {
    Optional<JournalEntry.Begun> begun = journal.trials().begun();
    if (begun.isPresent() && !begun.get().contentSha256().equals(dataset.contentSha256())) {
      throw new RunFolderException(
          "%s was begun with other data: %s is not the %s of then"
              .formatted(directory.path(), dataset.name(), begun.get().dataset()));
    }
  }

  /**
   * The state of a sweep, which another process may be working on.
   *
   * @throws RunFolderException if there is no sweep in the folder, or its journal is damaged
   * @throws ConfigException if its files have been changed by hand, and are wrong
   */
  public static SweepSummary summary(Path folder) throws RunFolderException, ConfigException {
    Sweep sweep = read(folder, List.of());
    SweepDirectory directory = new SweepDirectory(folder);
    return new SweepSummary(sweep, directory, Journal.read(directory.journal(), sweep.space()));
  }

  /** The state of the sweep. */
  public SweepSummary summary() {
    return new SweepSummary(sweep, directory, journal.trials());
  }

  /** The point of the next new trial; empty if there are enough. */
  Optional<Point> nextPoint() {
    SweepSettings settings = sweep.settings();
    TrialHistory history = journal.trials();
    if (settings.trials() > 0 && history.next() >= settings.trials()) {
      return Optional.empty();
    }
    return settings
        .method()
        .sample(
            sweep.space(),
            history.observations(settings.objective()),
            settings.seed(),
            history.next());
  }

  /** Whether the space has fewer points than trials are asked for, and all are tried. */
  boolean triedAll() {
    return journal.trials().next() < sweep.settings().trials() && nextPoint().isEmpty();
  }

  /** Whether the scheduler stops a running trial now. */
  boolean stops(int trial) {
    return sweep
        .settings()
        .scheduler()
        .stop(trial, journal.trials().observations(sweep.settings().objective()));
  }

  /** Writes what a process that was killed had in its journal and did not write elsewhere. */
  void writeMissing() throws IOException, ConfigException {
    for (Trial trial : journal.trials().all()) {
      RunFolder run = directory.trial(trial.number());
      boolean whole = Files.exists(run.metrics()) && Files.exists(run.config());
      if (trial.state() != TrialState.RUNNING && !trial.epochs().isEmpty() && !whole) {
        writeRun(trial);
      }
    }
    if (!journal.trials().all().isEmpty()) {
      writeLeaderboard();
    }
  }

  /** Writes a trial's folder and the leaderboard, which follow from the journal. */
  void write(Trial trial) throws IOException, ConfigException {
    writeRun(trial);
    writeLeaderboard();
  }

  void writeRun(Trial trial) throws IOException, ConfigException {
    RunFolder run = directory.trial(trial.number());
    Files.createDirectories(run.path());
    AtomicFile.write(run.config(), ExperimentFile.toYaml(sweep.experiment(trial.point())));
    if (!trial.epochs().isEmpty()) {
      RunFormat.writeMetrics(run, trial.epochs());
    }
  }

  void writeLeaderboard() throws IOException {
    AtomicFile.write(directory.leaderboard(), Leaderboard.csv(sweep, journal.trials()));
  }

  /**
   * Begins a trial that another program evaluates and {@link #tell}s.
   *
   * @return the trial, whose experiment lies in its folder; empty if there are enough
   */
  public Optional<Trial> ask() throws IOException, ConfigException {
    Optional<Trial> trial = begin(this::newTrial);
    if (trial.isPresent()) {
      write(trial.get());
    }
    return trial;
  }

  /** A trial of the next number; empty if there are enough. */
  Optional<JournalEntry.Started> newTrial() {
    return nextPoint()
        .map(
            point ->
                new JournalEntry.Started(
                    journal.trials().next(), point.values(), journal.elapsed(), journal.agent()));
  }

  /**
   * Begins a trial.
   *
   * @param decision by what the journal has; taken anew as long as others write there first
   */
  Optional<Trial> begin(Supplier<Optional<JournalEntry.Started>> decision) throws IOException {
    while (true) {
      Optional<JournalEntry.Started> start = decision.get();
      if (start.isEmpty() || journal.tryAppend(start.get())) {
        return start.flatMap(each -> journal.trials().get(each.trial()));
      }
    }
  }

  /** A trial for a shell: its number and its experiment file. */
  public String toText(Trial trial) {
    return "%d %s%n".formatted(trial.number(), directory.trial(trial.number()).config());
  }

  /** Of the trainings that are asked for; none where it is the one of the experiment file. */
  private List<Long> seeds(Trial trial) {
    int repeats = sweep.settings().repeats();
    if (repeats == 1) {
      return List.of();
    }
    try {
      long first = sweep.experiment(trial.point()).seed();
      return LongStream.range(first, first + repeats).boxed().toList();
    } catch (ConfigException e) {
      return List.of(); // There is no experiment file either.
    }
  }

  /**
   * A trial for any program: its number, its settings, its experiment file, and the seeds where it
   * is to be trained with several.
   */
  public String toJson(Trial trial) {
    record AskedTrial(
        int trial,
        String experiment,
        Map<String, Object> settings,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Long> seeds) {}

    String experiment = directory.trial(trial.number()).config().toString();
    return Json.line(
            new AskedTrial(trial.number(), experiment, trial.point().values(), seeds(trial)))
        + "\n";
  }

  /**
   * Records an epoch of a trial that another program evaluates.
   *
   * @param value of the objective
   * @return whether the trial is to continue; if not, it counts as stopped
   * @throws RunFolderException if that trial does not run
   * @throws ConfigException if the objective cannot have that value
   */
  public boolean tellEpoch(int number, double value)
      throws IOException, RunFolderException, ConfigException {
    int epoch = progress(number, value);
    boolean stop = stops(number);
    if (stop) {
      end(number, TrialState.PRUNED, 0, "not among the best after epoch " + epoch);
    }
    return !stop;
  }

  /**
   * Records the result of a trial that another program evaluated.
   *
   * @param value of the objective
   * @throws RunFolderException if that trial does not run
   * @throws ConfigException if the objective cannot have that value
   */
  public void tell(int number, double value)
      throws IOException, RunFolderException, ConfigException {
    end(number, TrialState.COMPLETE, progress(number, value), "");
  }

  /**
   * Records the results of a trial that another program evaluated with several seeds; the mean
   * counts.
   *
   * @param values of the objective: one, which is the mean, or one for each seed
   * @throws RunFolderException if that trial does not run
   * @throws ConfigException if the objective cannot have one of the values, or there are too few
   */
  public void tell(int number, List<Double> values)
      throws IOException, RunFolderException, ConfigException {
    int repeats = sweep.settings().repeats();
    if (values.size() == 1) {
      tell(number, values.get(0));
      return;
    }
    if (values.size() != repeats) {
      throw new ConfigException(
          "a trial of this sweep has %s, not %d"
              .formatted(
                  repeats == 1 ? "one value" : "%d values, or one, their mean".formatted(repeats),
                  values.size()));
    }
    for (double value : values) {
      sweep.settings().objective().check(value);
    }
    int epoch = progress(number, Spread.of(values).mean());
    boolean accuracy = sweep.settings().objective().maximizes();
    List<SeedResult> results =
        values.stream()
            .map(
                value ->
                    new SeedResult(
                        epoch, accuracy ? Double.NaN : value, accuracy ? value : Double.NaN))
            .toList();
    append(
        new JournalEntry.Ended(
            number, TrialState.COMPLETE, epoch, "", journal.elapsed(), false, results),
        number);
    write(journal.trials().get(number).orElseThrow());
  }

  /**
   * Records that a trial has failed, and is not to be tried again.
   *
   * @throws RunFolderException if that trial does not run
   */
  public void tellFailed(int number, String reason)
      throws IOException, RunFolderException, ConfigException {
    running(number);
    end(number, TrialState.FAILED, 0, reason);
  }

  /** Returns the number of the epoch. */
  private int progress(int number, double value)
      throws IOException, RunFolderException, ConfigException {
    sweep.settings().objective().check(value);
    int epoch = running(number).epochs().size() + 1;
    boolean accuracy = sweep.settings().objective().maximizes();
    double nan = Double.NaN;
    append(
        new JournalEntry.Progressed(
            number, epoch, nan, accuracy ? nan : value, accuracy ? value : nan, 0),
        number);
    return epoch;
  }

  private void end(int number, TrialState state, int bestEpoch, String reason)
      throws IOException, RunFolderException, ConfigException {
    boolean toldFailure = state == TrialState.FAILED;
    append(
        new JournalEntry.Ended(number, state, bestEpoch, reason, journal.elapsed(), toldFailure),
        number);
    write(journal.trials().get(number).orElseThrow());
  }

  /** Appends what is told of a trial, as long as it runs. */
  private void append(JournalEntry entry, int number) throws IOException, RunFolderException {
    running(number);
    while (!journal.tryAppend(entry)) {
      running(number);
    }
  }

  private Trial running(int number) throws RunFolderException {
    Trial trial =
        journal
            .trials()
            .get(number)
            .orElseThrow(
                () ->
                    new RunFolderException(
                        "%s has no trial %d; `mnist4j sweep ask` begins one"
                            .formatted(directory.path(), number)));
    if (trial.state() != TrialState.RUNNING) {
      throw new RunFolderException(
          "trial %d of %s is over already".formatted(number, directory.path()));
    }
    return trial;
  }

  /** Whether there is nothing left to do. */
  public boolean isFinished() {
    TrialHistory history = journal.trials();
    boolean noTrialIsLeft =
        history.elapsed() >= sweep.settings().timeLimitSeconds()
            || (history.count(TrialState.RUNNING) == 0 && nextPoint().isEmpty());
    return noTrialIsLeft && lastTrainingIsDone();
  }

  /** Whether the network in the folder is that of the best trial. */
  public boolean lastTrainingIsDone() {
    Optional<Integer> best = journal.trials().best(sweep.settings().objective()).map(Trial::number);
    return best.isPresent()
        && journal.trials().finish().map(JournalEntry.Finished::trial).equals(best)
        && Files.exists(directory.model());
  }

  @Override
  public void close() throws IOException {
    journal.close();
  }
}
