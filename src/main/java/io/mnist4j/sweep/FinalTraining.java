package io.mnist4j.sweep;

import io.mnist4j.backend.Backend;
import io.mnist4j.config.Setting;
import io.mnist4j.data.DataSplit;
import io.mnist4j.data.Dataset;
import io.mnist4j.data.ImageSet;
import io.mnist4j.data.store.DataSelection;
import io.mnist4j.data.store.DataSpec;
import io.mnist4j.errors.ConfigException;
import io.mnist4j.errors.DivergedException;
import io.mnist4j.errors.ModelException;
import io.mnist4j.files.AtomicFile;
import io.mnist4j.run.Experiment;
import io.mnist4j.run.ExperimentFile;
import io.mnist4j.run.ResourceUse;
import io.mnist4j.run.RunFolder;
import io.mnist4j.run.RunSummary;
import io.mnist4j.run.TrainingInputs;
import io.mnist4j.run.TrainingSession;
import io.mnist4j.sweep.journal.JournalEntry;
import io.mnist4j.sweep.journal.Trial;
import io.mnist4j.sweep.workers.TrialImages;
import io.mnist4j.train.ThreadTuner;
import io.mnist4j.train.TrainingControl;
import io.mnist4j.train.TrainingInterruptedException;
import io.mnist4j.train.TrainingListener;
import io.mnist4j.train.TrainingSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.apache.commons.io.file.PathUtils;

/**
 * The last training of a sweep: with the settings of the best trial, on all training images,
 * including those that the trials were evaluated on. Only here the test set is used.
 */
public final class FinalTraining {
  private static final double CHECKPOINT_SECONDS = 30;

  private final SweepFolder folder;
  private final Trial best;
  private final Experiment experiment;
  private final TrainingInputs inputs;

  /**
   * @param best of the trials
   * @param images that the trials had
   * @throws ConfigException never, unless the base was changed by hand
   */
  FinalTraining(SweepFolder folder, Trial best, TrialImages images) throws ConfigException {
    this.folder = folder;
    this.best = best;
    Experiment trial = folder.sweep().experiment(best.point());
    experiment =
        onAllImages(trial, best.isTold() ? trial.training().epochs() : best.epochsToTrain());
    Dataset dataset = images.dataset();
    DataSplit all = DataSelection.of(dataset, experiment.data(), experiment.seed());
    // No decision depends on the validation images here, so they need not be the test set.
    ImageSet watched = images.of(trial).images().validation();
    inputs =
        new TrainingInputs(
            experiment, new DataSplit(dataset, all.classNames(), all.train(), watched, all.test()));
  }

  /**
   * The experiment of a trial, to be trained on all training images for that many epochs. No rule
   * stops it earlier: there are no images left to validate with.
   */
  static Experiment onAllImages(Experiment trial, int epochs) throws ConfigException {
    TrainingSpec training = trial.training();
    List<Setting> settings = new ArrayList<>(List.of(setting("data.validation", DataSpec.TEST)));
    for (String rule : List.of("patience", "at-accuracy", "at-loss", "time-limit-seconds")) {
      settings.add(setting("training.stopping." + rule, "0"));
    }
    if (epochs > training.schedule().warmupEpochs()) {
      settings.add(setting("training.epochs", String.valueOf(epochs)));
    }
    return ExperimentFile.change(trial, settings);
  }

  private static Setting setting(String key, String value) {
    return new Setting(key, value, "the best trial", Setting.Form.LITERAL);
  }

  /** What is trained. */
  public Experiment experiment() {
    return experiment;
  }

  /** The images that it learns from, and is tested on. */
  public DataSplit images() {
    return inputs.images();
  }

  /**
   * Trains, tests, and writes {@code best.yaml} and {@code model.zip}. A training that was killed
   * continues from its checkpoint.
   *
   * @throws ConfigException if its checkpoint was trained with other settings
   * @throws DivergedException if the settings do not work on all images
   * @throws TrainingInterruptedException if it was asked to stop
   * @throws IOException if something cannot be written
   * @throws ModelException if the checkpoint of a cut training is damaged
   */
  public void run(
      Backend backend, ThreadTuner tuner, TrainingListener listener, BooleanSupplier stopRequested)
      throws ConfigException,
          DivergedException,
          TrainingInterruptedException,
          IOException,
          ModelException {
    SweepDirectory directory = folder.directory();
    AtomicFile.write(directory.best(), ExperimentFile.toYaml(experiment));
    RunFolder run = directory.last();
    if (!Files.exists(run.checkpoint()) || !sameAsBefore(run)) {
      if (Files.isDirectory(run.path())) {
        PathUtils.deleteDirectory(run.path());
      }
      Files.createDirectories(run.path());
    }
    RunSummary summary =
        new TrainingSession(inputs, backend, tuner)
            .runIn(
                run,
                new TrainingControl(listener, CHECKPOINT_SECONDS, stopRequested),
                false,
                new ResourceUse.Meter());
    Files.move(
        run.model(),
        directory.model(),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    // A process that is killed in between trains once more, to the same result.
    PathUtils.deleteDirectory(run.path());
    folder
        .journal()
        .append(
            new JournalEntry.Finished(
                best.number(),
                summary.dataset(),
                summary.test().images(),
                summary.test().accuracy(),
                summary.test().loss(),
                summary.training().seconds()));
  }

  /** Another trial may be the best by now. */
  private boolean sameAsBefore(RunFolder run) throws IOException {
    return Files.exists(run.config())
        && Files.readString(run.config()).equals(ExperimentFile.toYaml(experiment));
  }
}
