package io.mnist4j.sweep;

import io.mnist4j.backend.Backend;
import io.mnist4j.data.Dataset;
import io.mnist4j.data.store.DatasetChoice;
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
import io.mnist4j.sweep.workers.TrialImages;
import io.mnist4j.sweep.workers.TrialRunner;
import io.mnist4j.sweep.workers.TrialWorkers;
import io.mnist4j.train.ThreadTuner;
import io.mnist4j.train.TrainingInterruptedException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** A sweep, carried out: its trials, and a last training with the settings of the best one. */
public final class SweepSession {
  private final SweepFolder folder;
  private final TrialImages images;
  private final Backend backend;
  private final SweepMonitor monitor;

  private SweepSession(
      SweepFolder folder, TrialImages images, Backend backend, SweepMonitor monitor) {
    this.folder = folder;
    this.images = images;
    this.backend = backend;
    this.monitor = monitor;
  }

  /**
   * Loads the data, runs the trials that are left, trains with the best settings on all images, and
   * writes the files of the sweep's folder.
   *
   * @throws ConfigException if a value of the space makes no experiment, or memory does not allow
   *     as many trials at once as are asked for
   * @throws DataException if the data set cannot be had
   * @throws BackendException if ND4J does not start
   * @throws WorkersException if the cluster cannot be reached, or its workers are lost
   * @throws RunFolderException if the folder's journal is damaged, or another process works on it
   * @throws DivergedException if the last training does not work with the best settings
   * @throws ModelException if the checkpoint of a last training that was cut is damaged
   * @throws IOException if a file cannot be written
   */
  public static SweepResult run(SweepRequest request, SweepMonitor monitor)
      throws Mnist4jException, IOException, InterruptedException {
    Sweep sweep = request.sweep();
    List<Experiment> tried = SpaceCheck.experiments(sweep);
    Backend backend = Backend.cpu();
    DatasetChoice choice = DatasetChoice.load(sweep.base().data(), request.store(), monitor);
    choice.fallbackReason().ifPresent(monitor::onFallback);
    Dataset dataset = choice.dataset();
    TrialImages images = new TrialImages(dataset);
    backend.start();
    try (TrialWorkers workers =
            request.cluster().isPresent()
                ? request.cluster().get().connect(request.name(), sweep.settings(), dataset)
                : new LocalWorkers(
                    ConcurrencyLimit.trialsAtOnce(sweep.settings(), tried, images),
                    new TrialRunner(images, backend));
        SweepFolder folder = request.folder().open()) {
      SweepSession session = new SweepSession(folder.on(dataset), images, backend, monitor);
      boolean completed = session.run(workers);
      return new SweepResult(session.folder.summary(), !completed);
    }
  }

  /** Returns whether all that was wanted is done; if not, it was asked to stop. */
  private boolean run(TrialWorkers workers)
      throws Mnist4jException, IOException, InterruptedException {
    if (folder.isFinished()) {
      monitor.onFinished(folder);
      return true;
    }
    monitor.onSearch(folder, images.of(folder.sweep().base()).images(), workers.count());
    try {
      if (!new SweepRun(folder, workers, monitor).run()) {
        return false;
      }
    } catch (WorkersException e) {
      throw monitor.onWorkersLost(e);
    }
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
