package io.mnist4j.train;

import java.io.IOException;

/** Is told how a training goes on. */
public interface TrainingListener {

  /**
   * After an optimiser step.
   *
   * @param epoch from 1
   * @param step within the epoch, from 1
   * @param loss mean over the epoch so far
   * @param samplesPerSecond of the epoch so far
   */
  void onStep(int epoch, int step, int stepsPerEpoch, double loss, double samplesPerSecond);

  /** After an epoch and its validation. */
  void onEpoch(EpochMetrics metrics) throws IOException;
}
