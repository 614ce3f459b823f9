package io.mnist4j.sweep;

import io.mnist4j.backend.Backend;
import io.mnist4j.cluster.Cluster;
import io.mnist4j.data.store.DataStore;
import io.mnist4j.data.store.DatasetChoice;
import io.mnist4j.digits.DigitForm;
import io.mnist4j.errors.BackendException;
import io.mnist4j.errors.ConfigException;
import io.mnist4j.errors.DataException;
import io.mnist4j.errors.DivergedException;
import io.mnist4j.errors.Mnist4jException;
import io.mnist4j.errors.ModelException;
import io.mnist4j.errors.RunFolderException;
import io.mnist4j.errors.WorkersException;
import io.mnist4j.run.Experiment;
import io.mnist4j.sweep.journal.Trial;
import io.mnist4j.sweep.workers.ConcurrencyLimit;
import io.mnist4j.sweep.workers.LocalWorkers;
import io.mnist4j.sweep.workers.TrialConnector;
import io.mnist4j.sweep.workers.TrialImages;
import io.mnist4j.sweep.workers.TrialRunner;
import io.mnist4j.sweep.workers.TrialWorkers;
import io.mnist4j.train.ThreadTuner;
import io.mnist4j.train.TrainingInterruptedException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * A sweep to be carried out: its trials, and a last training with the settings of the best one.
 *
 * @param name as the pages of a cluster show it
 * @param store of data sets
 * @param cluster whose machines carry out the trials; empty for this process
 */
public record SweepSession(
    Sweep sweep,
    String name,
    DataStore store,
    Optional<Cluster> cluster,
    SweepFolderOpener folder) {

  /** Creates the folder of a new sweep, or opens that of one that is resumed. */
  public interface SweepFolderOpener {
    /** Called when all else is known to be right. */
    SweepFolder open() throws IOException, RunFolderException, ConfigException;
  }

  /**
   * How a sweep ended in this process.
   *
   * @param summary of all that happened by then, in earlier processes too
   * @param interrupted whether it was asked to stop, and can be resumed
   */
  public record SweepResult(SweepSummary summary, boolean interrupted) {}

  /**
   * Loads the data, runs the trials that are left, trains with the best settings on all images, and
   * writes the files of the sweep's folder.
   *
   * @throws ConfigException if a value of the space makes no experiment, or memory does not allow
   *     as many trials at once as are asked for
   * @throws DataException if the data set is not available
   * @throws BackendException if ND4J does not start
   * @throws WorkersException if the cluster cannot be reached, or its workers are lost
   * @throws RunFolderException if the folder's journal is damaged, or another process works on it
   * @throws DivergedException if the last training does not work with the best settings
   * @throws ModelException if the checkpoint of a last training that was cut is damaged
   * @throws IOException if a file cannot be written
   */
  public SweepResult run(SweepMonitor monitor)
      throws Mnist4jException, IOException, InterruptedException {
    List<Experiment> tried = SpaceCheck.experiments(sweep);
    Backend backend = Backend.cpu();
    DatasetChoice choice =
        DatasetChoice.load(sweep.base().data(), DigitForm.DIGITS, store, monitor);
    choice.fallbackReason().ifPresent(monitor::onFallback);
    TrialImages images = new TrialImages(choice.dataset(), sweep.base().seed());
    backend.start();
    try (TrialWorkers workers =
            cluster.isPresent()
                ? Cluster.connector(TrialConnector.class)
                    .connect(cluster.get(), name, sweep.settings(), images)
                : new LocalWorkers(
                    ConcurrencyLimit.trialsAtOnce(
                        sweep.settings(),
                        Runtime.getRuntime().availableProcessors(),
                        tried,
                        images),
                    new TrialRunner(images, backend));
        SweepFolder opened = folder.open()) {
      SweepFolder named = opened.on(choice);
      boolean completed = true;
      if (named.isFinished()) {
        monitor.onFinished(named);
      } else {
        monitor.onSearch(named, images.of(named.sweep().base()).images(), workers.count());
        completed = search(named, workers, monitor);
        if (completed && named.triedAll()) {
          monitor.onAllTried(named.journal().trials().next());
        }
        completed = completed && train(named, images, backend, monitor);
      }
      return new SweepResult(named.summary(), !completed);
    }
  }

  /** Runs trials; returns whether all are done. */
  private static boolean search(SweepFolder folder, TrialWorkers workers, SweepMonitor monitor)
      throws IOException, ConfigException, InterruptedException, WorkersException {
    try {
      return new SweepRun(folder, workers, monitor).run();
    } catch (WorkersException e) {
      throw monitor.onWorkersLost(e);
    }
  }

  /** Trains with the settings of the best trial; returns whether that is done. */
  private static boolean train(
      SweepFolder folder, TrialImages images, Backend backend, SweepMonitor monitor)
      throws Mnist4jException, IOException {
    Optional<Trial> best = folder.summary().best();
    if (best.isEmpty() || folder.lastTrainingIsDone()) {
      return true;
    }
    FinalTraining training = new FinalTraining(folder, best.get(), images);
    ThreadTuner tuner = ThreadTuner.automatic(Runtime.getRuntime().availableProcessors());
    try {
      training.run(backend, tuner, monitor.onFinalTraining(training, best.get()), monitor::drain);
      return true;
    } catch (TrainingInterruptedException e) {
      return false;
    }
  }
}
