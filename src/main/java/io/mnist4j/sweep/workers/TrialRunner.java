package io.mnist4j.sweep.workers;

import io.mnist4j.backend.Backend;
import io.mnist4j.errors.ConfigException;
import io.mnist4j.errors.DivergedException;
import io.mnist4j.run.Experiment;
import io.mnist4j.run.TrainingInputs;
import io.mnist4j.run.TrainingSession;
import io.mnist4j.text.OneLine;
import io.mnist4j.train.EpochMetrics;
import io.mnist4j.train.ThreadTuner;
import io.mnist4j.train.TrainingControl;
import io.mnist4j.train.TrainingInterruptedException;
import io.mnist4j.train.TrainingListener;
import io.mnist4j.train.TrainingResult;
import java.io.IOException;

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
    TrainingInputs inputs = images.of(experiment);
    inputs.modelSummary();
    // The number of OpenMP's threads belongs to the thread that asks for it.
    backend.setThreads(task.threads());
    Reporter reporter = new Reporter(channel);
    try {
      TrainingResult result =
          new TrainingSession(inputs, backend, ThreadTuner.fixed(task.threads()))
              .train(
                  new TrainingControl(reporter, 0, () -> reporter.stopped || channel.abandoned()));
      return new TrialOutcome.Completed(
          experiment.training().stopping().keptEpoch(result.epochs()));
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
