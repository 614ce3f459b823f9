package io.mnist4j.sweep.spark;

import io.mnist4j.backend.Backend;
import io.mnist4j.cluster.spark.SentDataset;
import io.mnist4j.errors.BackendException;
import io.mnist4j.errors.ConfigException;
import io.mnist4j.sweep.search.TrialState;
import io.mnist4j.sweep.workers.SentTrial;
import io.mnist4j.sweep.workers.TrialImages;
import io.mnist4j.sweep.workers.TrialOutcome;
import io.mnist4j.sweep.workers.TrialRunner;
import io.mnist4j.sweep.workers.TrialTask;
import java.util.Map;
import org.apache.spark.TaskContext;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.broadcast.Broadcast;

/** An executor: what its trials share, and its way to the driver. */
final class ExecutorSide implements ExecutorPlugin {
  /** Spark runs one application in a process, and gives tasks no way to its plugins. */
  private static volatile ExecutorSide current;

  private PluginContext driver;
  private TrialRunner runner;

  @Override
  public void init(PluginContext context, Map<String, String> unused) {
    driver = context;
    current = this;
  }

  /** That of this process. */
  static ExecutorSide current() {
    return current;
  }

  /**
   * Runs a trial on the calling thread, which is a task's.
   *
   * @param seed of the choice of images
   */
  TrialOutcome run(SentTrial sent, Broadcast<SentDataset> dataset, long seed) {
    TrialRunner prepared;
    TrialTask trial;
    try {
      prepared = prepare(dataset, seed);
      trial = sent.toTask();
    } catch (ConfigException e) {
      return TrialOutcome.without(TrialState.INVALID, e.problems().get(0));
    } catch (BackendException e) {
      return TrialOutcome.without(TrialState.FAILED, e.getMessage());
    }
    TaskContext task = TaskContext.get();
    return prepared.run(
        trial, epoch -> ask(new DriverSide.EpochReport(trial.trial(), epoch)), task::isInterrupted);
  }

  private synchronized TrialRunner prepare(Broadcast<SentDataset> dataset, long seed)
      throws BackendException {
    if (runner == null) {
      Backend backend = Backend.cpu().start();
      runner = new TrialRunner(new TrialImages(dataset.value().toDataset(), seed), backend);
    }
    return runner;
  }

  /** The answer is of a class of the JDK: the executor does not find those of the program here. */
  private boolean ask(DriverSide.EpochReport report) {
    try {
      return (Boolean) driver.ask(report);
    } catch (Exception e) {
      throw new IllegalStateException("the driver does not answer: " + e.getMessage(), e);
    }
  }
}
