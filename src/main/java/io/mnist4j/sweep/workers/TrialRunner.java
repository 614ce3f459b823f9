package io.mnist4j.sweep.workers;

import io.mnist4j.backend.Backend;
import io.mnist4j.data.DataSplit;
import io.mnist4j.errors.ConfigException;
import io.mnist4j.errors.DivergedException;
import io.mnist4j.run.Experiment;
import io.mnist4j.text.OneLine;
import io.mnist4j.train.EpochMetrics;
import io.mnist4j.train.Learner;
import io.mnist4j.train.StoppingSpec;
import io.mnist4j.train.ThreadTuner;
import io.mnist4j.train.Trainer;
import io.mnist4j.train.TrainingControl;
import io.mnist4j.train.TrainingInterruptedException;
import io.mnist4j.train.TrainingListener;
import io.mnist4j.train.TrainingResult;
import io.mnist4j.train.TrainingState;
import io.mnist4j.train.TrainingTask;
import io.mnist4j.train.engine.LearnerChoice;
import java.io.IOException;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/**
 * Carries out trials: from an experiment to its metrics. It writes no file and keeps no network.
 * Several threads may use it at once; the same trial gives the same metrics on any of them,
 * whatever the others do.
 */
public final class TrialRunner {
  private final TrialImages images;
  private final Backend backend;

  /**
   * @param images which all trials share
   * @param backend what computes, started
   */
  public TrialRunner(TrialImages images, Backend backend) {
    this.images = images;
    this.backend = backend;
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
    Experiment experiment = task.experiment();
    DataSplit split = images.of(experiment);
    experiment.modelSummary(split);
    // The number of OpenMP's threads belongs to the thread that asks for it.
    backend.setThreads(task.threads());
    MultiLayerNetwork network = experiment.newNetwork(split);
    Reporter reporter = new Reporter(channel);
    TrainingTask training =
        new TrainingTask(
            network,
            experiment.model().output(),
            split.train(),
            split.classes(),
            experiment.training(),
            experiment.seed(),
            backend);
    TrainingControl control =
        new TrainingControl(reporter, 0, () -> reporter.stopped || channel.abandoned());
    ThreadTuner tuner = ThreadTuner.fixed(task.threads());
    try (Learner learner =
        LearnerChoice.of(experiment.model(), split.classes()).create(training, task.threads())) {
      TrainingResult result =
          new Trainer(training, split.validation(), learner, tuner, control)
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
