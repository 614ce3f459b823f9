package io.mnist4j.sweep.workers;

import io.mnist4j.backend.NativeBackend;
import io.mnist4j.data.DataSplit;
import io.mnist4j.errors.ConfigException;
import io.mnist4j.errors.DivergedException;
import io.mnist4j.run.Experiment;
import io.mnist4j.run.ExperimentFile;
import io.mnist4j.text.OneLine;
import io.mnist4j.train.EpochMetrics;
import io.mnist4j.train.Learner;
import io.mnist4j.train.StoppingSpec;
import io.mnist4j.train.ThreadTuner;
import io.mnist4j.train.Trainer;
import io.mnist4j.train.TrainingInterruptedException;
import io.mnist4j.train.TrainingListener;
import io.mnist4j.train.TrainingResult;
import io.mnist4j.train.TrainingState;
import io.mnist4j.train.engine.LearnerChoice;
import java.io.IOException;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/**
 * Carries out trials: from the text of an experiment to its figures. It writes no file and keeps no
 * network. Several threads may use it at once; the same trial comes to the same figures on any of
 * them, whatever the others do.
 */
public final class TrialRunner {
  private final TrialImages images;

  /**
   * @param images which all trials share
   */
  public TrialRunner(TrialImages images) {
    this.images = images;
  }

  /** Runs one trial on the calling thread. Whatever goes wrong with it is an outcome. */
  public TrialOutcome run(TrialTask task, TrialChannel channel) {
    try {
      return train(task, channel);
    } catch (DivergedException e) {
      return new TrialOutcome.Diverged(OneLine.of(e.getMessage()));
    } catch (ConfigException e) {
      return new TrialOutcome.Invalid(e.problems().get(0));
    } catch (IOException | RuntimeException | Error e) {
      return new TrialOutcome.Failed(OneLine.of(e.toString()));
    }
  }

  private TrialOutcome train(TrialTask task, TrialChannel channel)
      throws DivergedException, ConfigException, IOException {
    Experiment experiment = ExperimentFile.parse(task.experiment(), "trial " + task.trial());
    DataSplit split = images.of(experiment);
    experiment.modelSummary(split);
    // The number of OpenMP's threads belongs to the thread that asks for it.
    NativeBackend.use(task.threads());
    MultiLayerNetwork network = experiment.newNetwork(split);
    Reporter reporter = new Reporter(channel);
    try (Learner learner =
        LearnerChoice.of(experiment.model(), split.classes())
            .create(
                network,
                experiment.model(),
                split,
                experiment.training(),
                experiment.seed(),
                task.threads())) {
      TrainingResult result =
          new Trainer(
                  network,
                  learner,
                  ThreadTuner.fixed(task.threads()),
                  split,
                  experiment.training(),
                  experiment.seed(),
                  reporter,
                  0,
                  () -> reporter.stopped || channel.abandoned())
              .train(TrainingState.START);
      StoppingSpec stopping = experiment.training().stopping();
      int epochs = result.epochs().size();
      return new TrialOutcome.Completed(
          stopping.patience() > 0 ? stopping.bestEpoch(result.epochs()) : epochs);
    } catch (TrainingInterruptedException e) {
      return reporter.stopped ? new TrialOutcome.Stopped() : new TrialOutcome.Abandoned();
    }
  }

  /** The trainer asks after the next step whether it is to stop: that step is the price. */
  private static final class Reporter implements TrainingListener {
    private final TrialChannel channel;
    private boolean stopped;

    Reporter(TrialChannel channel) {
      this.channel = channel;
    }

    @Override
    public void onEpoch(EpochMetrics metrics) {
      stopped = !channel.report(metrics);
    }
  }
}
