package io.mnist4j.sweep.spark;

import io.mnist4j.errors.ConfigException;
import io.mnist4j.run.ExperimentFile;
import io.mnist4j.sweep.workers.TrialTask;
import java.io.Serializable;

/**
 * A trial on its way to an executor.
 *
 * @param trial its number, from 0
 * @param experiment the text of the complete experiment file
 * @param threads that compute
 */
record SentTrial(int trial, String experiment, int threads) implements Serializable {
  static SentTrial of(TrialTask task) {
    return new SentTrial(task.trial(), ExperimentFile.toYaml(task.experiment()), task.threads());
  }

  /**
   * The same trial on the other side.
   *
   * @throws ConfigException if the executor has another version of the program, to which this is no
   *     experiment
   */
  TrialTask toTask() throws ConfigException {
    return new TrialTask(trial, ExperimentFile.parse(experiment, "trial " + trial), threads);
  }
}
