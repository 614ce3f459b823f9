package io.mnist4j.train;

import java.io.IOException;

/** Is told how a training goes on. */
public interface TrainingListener {

  /** After each optimiser step. */
  void onStep(Step step);

  /** After an epoch and its validation. */
  void onEpoch(EpochMetrics metrics) throws IOException;

  /**
   * How far an epoch is.
   *
   * @param epoch from 1
   * @param step within the epoch, from 1
   * @param meanLoss over the epoch so far
   * @param samples of the epoch so far
   * @param seconds of the epoch so far
   */
  record Step(
      int epoch, int step, int stepsPerEpoch, double meanLoss, long samples, double seconds) {

    /** The epoch's speed so far. */
    public double samplesPerSecond() {
      return samples / seconds;
    }

    /** Until the end of the last epoch, at the same speed. */
    public double secondsLeft(int epochs) {
      long stepsLeft = (long) (epochs - epoch + 1) * stepsPerEpoch - step;
      return seconds / step * stepsLeft;
    }
  }
}
