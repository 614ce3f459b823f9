package io.mnist4j.run;

import io.mnist4j.data.fetch.FetchListener;
import io.mnist4j.errors.ConfigException;
import io.mnist4j.train.TrainingListener;

/** Is told how a run goes, and may end it. */
public interface TrainingMonitor extends FetchListener, TrainingListener {
  /** MNIST cannot be had, and the embedded digits stand in for it. */
  default void onFallback(String reason) {}

  /**
   * All is ready, and the first step comes next.
   *
   * @throws ConfigException if the network does not fit the images
   */
  default void onStart(TrainingSession session, RunFolder folder) throws ConfigException {}

  /**
   * One of several runs comes next, which differ in their seeds or folds.
   *
   * @param number from 1
   * @param count of them all
   */
  default void onRepeat(int number, int count, Experiment experiment) {}

  /** Asked after each step: whether the run is to save its state and end. */
  default boolean stopRequested() {
    return false;
  }
}
