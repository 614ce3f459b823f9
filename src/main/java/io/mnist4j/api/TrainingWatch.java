package io.mnist4j.api;

/**
 * Is told how a training goes on, and may end it; on the thread that trains, which waits meanwhile.
 */
public interface TrainingWatch {
  /** Hears nothing and lets it run to its end. */
  TrainingWatch SILENT = new TrainingWatch() {};

  /** What one should know of the data or the training, in one line. */
  default void onNote(String note) {}

  /**
   * After each step of the optimizer.
   *
   * @param epoch from 1
   * @param step within the epoch, from 1
   * @param steps of each epoch
   * @param meanLoss over the epoch so far
   */
  default void onStep(int epoch, int step, int steps, double meanLoss) {}

  /** After an epoch and its validation. */
  default void onEpoch(TrainedEpoch epoch) {}

  /** Asked after each step: whether the training is to write its checkpoint and end. */
  default boolean cancelled() {
    return false;
  }
}
