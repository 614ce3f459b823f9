package io.mnist4j.sweep.workers;

import io.mnist4j.errors.ConfigException;
import io.mnist4j.run.ExperimentFile;
import java.io.Serializable;

/**
 * A trial on its way to another process.
 *
 * @param trial its number, from 0
 * @param experiment the text of the complete experiment file
 * @param threads that compute
 * @param repeats trainings, with one seed after another
 */
public record SentTrial(int trial, String experiment, int threads, int repeats)
    implements Serializable {
  /** Writes the experiment as text. */
  public static SentTrial of(TrialTask task) {
    return new SentTrial(
        task.trial(), ExperimentFile.toYaml(task.experiment()), task.threads(), task.repeats());
  }

  /**
   * The same trial on the other side.
   *
   * @throws ConfigException if another version of the program sent it, whose experiments this one
   *     does not know
   */
  public TrialTask toTask() throws ConfigException {
    return new TrialTask(
        trial, ExperimentFile.parse(experiment, "trial " + trial), threads, repeats);
  }
}
