package io.mnist4j.api;

import io.mnist4j.backend.Backend;
import io.mnist4j.config.Setting;
import io.mnist4j.errors.Mnist4jException;
import io.mnist4j.run.Experiment;
import io.mnist4j.run.ExperimentFile;
import io.mnist4j.run.ResumePlan;
import io.mnist4j.run.RunFolder;
import io.mnist4j.run.TrainingMonitor;
import io.mnist4j.run.TrainingRequest;
import io.mnist4j.run.TrainingSession;
import io.mnist4j.train.EpochMetrics;
import io.mnist4j.train.ThreadTuner;
import io.mnist4j.train.TrainingInterruptedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CancellationException;

/**
 * A training: what is learned, and the folder that its files go to. An object is for one thread;
 * several may train at the same time, each in its own folder.
 */
public final class Training {
  private static final double CHECKPOINT_SECONDS = 30;

  private final Path folder;
  private final boolean resumed;
  private final List<Path> configs = new ArrayList<>();
  private final List<Setting> settings = new ArrayList<>();
  private Path dataFolder;

  private Training(Path folder, boolean resumed) {
    this.folder = folder;
    this.resumed = resumed;
  }

  /**
   * A new training.
   *
   * @param folder of the run, which does not exist yet
   */
  public static Training into(Path folder) {
    return new Training(folder, false);
  }

  /**
   * A training that was cancelled or killed, or a finished one that is to have more epochs. It ends
   * with the same bits as if it had never been cut.
   *
   * @param folder of the run
   */
  public static Training resume(Path folder) {
    return new Training(folder, true);
  }

  /**
   * Takes an experiment file, over the defaults and over files that were taken before.
   *
   * @param file YAML, as {@code train --config} takes it
   * @return this
   */
  public Training config(Path file) {
    configs.add(file);
    return this;
  }

  /**
   * Sets a key over all files.
   *
   * @param key of the experiment file, such as {@code training.epochs}
   * @param value a number, truth value, text, list or map
   * @return this
   */
  public Training set(String key, Object value) {
    settings.add(new Setting(key, value, "Training.set", Setting.Form.PLAIN));
    return this;
  }

  /**
   * Says where the data sets lie that are known by a name; the command line's folder otherwise.
   *
   * @return this
   */
  public Training dataFolder(Path place) {
    dataFolder = place;
    return this;
  }

  /**
   * Trains, tests, and writes the files of the run.
   *
   * @param watch is told of it, on this thread
   * @return the result; of a run that was finished already, that which it has
   * @throws CancellationException if the watch cancelled it; {@link #resume} goes on with it
   * @throws Mnist4jException if the settings are wrong, the data cannot be had, or the loss becomes
   *     infinite or not a number
   * @throws IOException if the folder exists already or cannot be written
   */
  public TrainedRun run(TrainingWatch watch) throws Mnist4jException, IOException {
    RunFolder run = RunFolder.of(folder);
    Experiment experiment;
    if (resumed) {
      ResumePlan plan = ResumePlan.of(folder, configs, settings);
      if (plan.finished()) {
        return TrainedRun.of(run);
      }
      experiment = plan.experiment();
    } else {
      experiment = ExperimentFile.read(configs, settings);
    }
    try {
      TrainingSession.run(request(experiment), monitor(watch));
    } catch (TrainingInterruptedException e) {
      throw (CancellationException) new CancellationException(e.getMessage()).initCause(e);
    }
    return TrainedRun.of(run);
  }

  private TrainingRequest request(Experiment experiment) throws Mnist4jException {
    Path place = folder.toAbsolutePath();
    return new TrainingRequest(
        experiment,
        DataPlace.store(dataFolder),
        Backend.cpu(),
        ThreadTuner.automatic(Runtime.getRuntime().availableProcessors()),
        inputs ->
            resumed
                ? RunFolder.of(folder)
                : RunFolder.create(
                    place.getParent(),
                    place.getFileName().toString(),
                    RunFolder.begun(inputs.experiment())),
        CHECKPOINT_SECONDS,
        false,
        Optional.empty(),
        OptionalDouble.empty());
  }

  private static TrainingMonitor monitor(TrainingWatch watch) {
    return new TrainingMonitor() {
      @Override
      public void note(String text) {
        watch.onNote(text);
      }

      @Override
      public void onFallback(String reason) {
        watch.onNote(reason);
      }

      @Override
      public void onNote(String note) {
        watch.onNote(note);
      }

      @Override
      public void onStep(TrainingStep step) {
        watch.onStep(step.epoch(), step.step(), step.stepsPerEpoch(), step.meanLoss());
      }

      @Override
      public void onEpoch(EpochMetrics metrics) {
        watch.onEpoch(TrainedEpoch.of(metrics));
      }

      @Override
      public boolean stopRequested() {
        return watch.cancelled();
      }
    };
  }
}
