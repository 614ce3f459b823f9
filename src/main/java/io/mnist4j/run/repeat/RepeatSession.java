package io.mnist4j.run.repeat;

import io.mnist4j.config.Setting;
import io.mnist4j.data.store.DataSpec;
import io.mnist4j.errors.ConfigException;
import io.mnist4j.errors.DataException;
import io.mnist4j.errors.DivergedException;
import io.mnist4j.errors.Mnist4jException;
import io.mnist4j.files.AtomicFile;
import io.mnist4j.run.Experiment;
import io.mnist4j.run.ExperimentFile;
import io.mnist4j.run.ResumePlan;
import io.mnist4j.run.RunFolder;
import io.mnist4j.run.RunFormat;
import io.mnist4j.run.RunSummary;
import io.mnist4j.run.SummaryFile;
import io.mnist4j.run.TrainingInputs;
import io.mnist4j.run.TrainingMonitor;
import io.mnist4j.run.TrainingRequest;
import io.mnist4j.run.TrainingSession;
import io.mnist4j.train.TrainingInterruptedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * An experiment carried out several times: with one seed after another, which decides the weights,
 * the order of the images, and which of them are held back for validation; or with one fold after
 * another of the training images for validation. How much a result owes to chance is seen from
 * that.
 */
public final class RepeatSession {
  private final TrainingRequest request;
  private final List<Planned> planned;
  private final RepeatFolderOpener opener;
  private RepeatFolder folder;

  /** Makes the folder of all runs. */
  public interface RepeatFolderOpener {
    /**
     * Called when all else is known to be right.
     *
     * @param inputs of the first run
     * @param content fills the folder before it appears
     */
    RepeatFolder open(TrainingInputs inputs, AtomicFile.ContentWriter content) throws IOException;
  }

  /** Is told of each run that has come to its end. */
  public interface RunListener {
    void onRun(RunFolder run, RunSummary summary) throws Mnist4jException, IOException;
  }

  /** A run that is to be, or has been; finished where nothing is left to do. */
  private record Planned(Experiment experiment, boolean finished) {}

  private RepeatSession(
      TrainingRequest request,
      List<Planned> planned,
      RepeatFolderOpener opener,
      RepeatFolder folder) {
    this.request = request;
    this.planned = planned;
    this.opener = opener;
    this.folder = folder;
  }

  /**
   * Runs that are new.
   *
   * @param request of the first; its folder is not asked for
   * @param repeats at least 2; 0 where each fold of the data has its turn
   */
  public static RepeatSession begin(
      TrainingRequest request, int repeats, RepeatFolderOpener opener) {
    DataSpec data = request.experiment().data();
    List<Planned> planned = new ArrayList<>();
    for (int i = 0; i < (data.isCrossValidated() ? data.folds() : repeats); i++) {
      planned.add(new Planned(repeat(request.experiment(), i), false));
    }
    return new RepeatSession(request, planned, opener, null);
  }

  /**
   * Runs that go on: those that have ended stay as they are, and there may be more of them.
   *
   * @param folder of them
   * @param repeats 0 for as many as there were to be
   * @param files configuration files on the command line
   * @param settings options on the command line; epochs may be raised
   * @param request whose experiment and folder are not asked for
   * @throws ConfigException if other settings are asked for, or fewer runs
   * @throws Mnist4jException if the folder is damaged
   */
  public static RepeatSession resume(
      RepeatFolder folder,
      int repeats,
      List<Path> files,
      List<Setting> settings,
      TrainingRequest request)
      throws Mnist4jException, IOException {
    int begun = folder.count();
    if (repeats > 0 && repeats < begun) {
      throw new ConfigException(
          "%s was begun with %d runs and cannot go on with %d; start anew for that"
              .formatted(folder.path(), begun, repeats));
    }
    // The same checks as for a single run, against what the first one was begun with.
    Experiment first = ResumePlan.of(folder.path(), files, settings).experiment();
    if (repeats > begun && first.data().isCrossValidated()) {
      throw new ConfigException(
          "%s has a run for each of %d folds; there are no more".formatted(folder.path(), begun));
    }
    List<Planned> planned = new ArrayList<>();
    for (int i = 0; i < Math.max(begun, repeats); i++) {
      Experiment experiment = repeat(first, i);
      RunFolder run = folder.run(i + 1);
      boolean there = Files.exists(run.config());
      planned.add(new Planned(experiment, there && isFinished(run, experiment)));
    }
    if (repeats > begun) {
      folder.writeCount(repeats);
    }
    AtomicFile.write(folder.config(), ExperimentFile.toYaml(first));
    return new RepeatSession(request, planned, null, folder);
  }

  private static boolean isFinished(RunFolder run, Experiment experiment)
      throws ConfigException, IOException {
    ResumePlan plan = ResumePlan.of(run.path(), List.of(), List.of());
    return plan.finished()
        && plan.experiment().training().epochs() == experiment.training().epochs();
  }

  private static Experiment repeat(Experiment first, int number) {
    return first.data().isCrossValidated()
        ? first.withData(first.data().withFold(number + 1))
        : first.withSeed(first.seed() + number);
  }

  /** How many runs there are to be, those that have ended among them. */
  public int count() {
    return planned.size();
  }

  /**
   * Trains those that have not ended, one after another, and sums all of them up.
   *
   * @throws ConfigException if the settings do not fit the data or the memory
   * @throws DataException if the data set cannot be had
   * @throws DivergedException if one of the runs diverges
   * @throws TrainingInterruptedException if it was asked to stop; the state is saved
   * @throws IOException if a folder cannot be written
   */
  public RepeatSummary run(TrainingMonitor monitor, RunListener listener)
      throws Mnist4jException, TrainingInterruptedException, IOException {
    List<SummaryFile> results = new ArrayList<>();
    for (int i = 1; i <= planned.size(); i++) {
      Planned next = planned.get(i - 1);
      if (!next.finished()) {
        monitor.onRepeat(i, planned.size(), next.experiment());
        int number = i;
        RunSummary summary =
            TrainingSession.run(
                request.with(next.experiment(), inputs -> folder(number, inputs)), monitor);
        listener.onRun(folder.run(i), summary);
      }
      results.add(RunFormat.readSummary(folder.run(i).summary()));
    }
    boolean folds = planned.size() > 1 && planned.get(1).experiment().data().fold() == 2;
    RepeatSummary summary = new RepeatSummary(folder, folds, results);
    AtomicFile.write(folder.summary(), summary.toJson());
    return summary;
  }

  private RunFolder folder(int number, TrainingInputs inputs) throws IOException {
    if (folder == null) {
      Experiment first = inputs.experiment();
      Experiment all =
          request.experiment().data().isCrossValidated()
              ? first.withData(first.data().withFold(0))
              : first;
      folder = opener.open(inputs, RepeatFolder.begun(all, planned.size()));
    }
    RunFolder run = folder.run(number);
    if (Files.exists(run.config())) {
      return run;
    }
    return RunFolder.create(
        folder.path(), String.valueOf(number), RunFolder.begun(inputs.experiment()));
  }
}
