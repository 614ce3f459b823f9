package io.mnist4j.sweep.workers;

import io.mnist4j.backend.Backend;
import io.mnist4j.errors.ConfigException;
import io.mnist4j.errors.DivergedException;
import io.mnist4j.errors.ModelException;
import io.mnist4j.run.Experiment;
import io.mnist4j.run.TrainingInputs;
import io.mnist4j.run.TrainingSession;
import io.mnist4j.sweep.journal.SeedResult;
import io.mnist4j.sweep.search.TrialState;
import io.mnist4j.text.OneLine;
import io.mnist4j.train.EpochMetrics;
import io.mnist4j.train.ThreadTuner;
import io.mnist4j.train.TrainingControl;
import io.mnist4j.train.TrainingInterruptedException;
import io.mnist4j.train.TrainingListener;
import io.mnist4j.train.TrainingResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;

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

  /**
   * Runs one trial on the calling thread. Whatever goes wrong with it is an outcome.
   *
   * @param report is given each epoch, and says whether the trial continues
   * @param abandoned whether the trial is to end now, as if it had never begun; asked after each
   *     step
   */
  public TrialOutcome run(
      TrialTask task, Predicate<EpochMetrics> report, BooleanSupplier abandoned) {
    try {
      return train(task, report, abandoned);
    } catch (DivergedException e) {
      return TrialOutcome.without(TrialState.DIVERGED, OneLine.of(e.getMessage()));
    } catch (ConfigException e) {
      return TrialOutcome.without(TrialState.INVALID, e.problems().get(0));
    } catch (ModelException e) {
      return TrialOutcome.without(TrialState.FAILED, OneLine.of(e.getMessage()));
    } catch (IOException | RuntimeException | Error e) {
      return TrialOutcome.without(TrialState.FAILED, OneLine.of(e.toString()));
    }
  }

  /** Only the first training reports: by it the trial is compared with others on its way. */
  private TrialOutcome train(
      TrialTask task, Predicate<EpochMetrics> report, BooleanSupplier abandoned)
      throws DivergedException, ConfigException, ModelException, IOException {
    List<SeedResult> results = new ArrayList<>();
    // The trainer asks after the next step whether it is to stop, so that step is done in vain.
    AtomicBoolean stopped = new AtomicBoolean();
    for (int i = 0; i < task.repeats(); i++) {
      Experiment experiment = task.experiment().withSeed(task.experiment().seed() + i);
      Predicate<EpochMetrics> goesOn = i == 0 ? report : epoch -> true;
      try {
        results.add(
            train(
                experiment,
                task.threads(),
                epoch -> stopped.set(!goesOn.test(epoch)),
                () -> stopped.get() || abandoned.getAsBoolean()));
      } catch (TrainingInterruptedException e) {
        return TrialOutcome.without(
            stopped.get() ? TrialState.PRUNED : TrialState.RUNNING, "stopped");
      }
    }
    return TrialOutcome.completed(results);
  }

  private SeedResult train(
      Experiment experiment, int threads, Consumer<EpochMetrics> onEpoch, BooleanSupplier stops)
      throws DivergedException,
          ConfigException,
          ModelException,
          IOException,
          TrainingInterruptedException {
    TrainingInputs inputs = images.of(experiment);
    inputs.modelSummary();
    // The number of OpenMP's threads belongs to the thread that asks for it.
    backend.setThreads(threads);
    TrainingListener reporter =
        new TrainingListener() {
          @Override
          public void onEpoch(EpochMetrics metrics) {
            onEpoch.accept(metrics);
          }
        };
    TrainingResult result =
        new TrainingSession(inputs, backend, ThreadTuner.fixed(threads))
            .train(new TrainingControl(reporter, 0, stops));
    int kept = experiment.training().stopping().keptEpoch(result.epochs());
    return SeedResult.of(result.epochs().get(kept - 1));
  }
}
