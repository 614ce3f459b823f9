package io.mnist4j.train;

import java.io.IOException;
import java.util.List;

/** Is told how a training goes on. */
public interface TrainingListener {

  /** What the user should know of a training before it begins. */
  default void onNote(String note) {}

  /** After each optimiser step. */
  default void onStep(TrainingStep step) {}

  /** After an epoch and its validation. */
  default void onEpoch(EpochMetrics metrics) throws IOException {}

  /**
   * When the state is worth keeping: after each epoch, at the interval that was asked for, and
   * before an interrupted training ends.
   */
  default void onCheckpoint(TrainingState state) throws IOException {}

  /** Tells several listeners, one after another. */
  static TrainingListener all(List<TrainingListener> listeners) {
    return new TrainingListener() {
      @Override
      public void onNote(String note) {
        listeners.forEach(listener -> listener.onNote(note));
      }

      @Override
      public void onStep(TrainingStep step) {
        listeners.forEach(listener -> listener.onStep(step));
      }

      @Override
      public void onEpoch(EpochMetrics metrics) throws IOException {
        for (TrainingListener listener : listeners) {
          listener.onEpoch(metrics);
        }
      }

      @Override
      public void onCheckpoint(TrainingState state) throws IOException {
        for (TrainingListener listener : listeners) {
          listener.onCheckpoint(state);
        }
      }
    };
  }

  /**
   * How far an epoch is.
   *
   * @param epoch from 1
   * @param step within the epoch, from 1
   * @param meanLoss over the epoch so far
   * @param samples of the epoch so far
   * @param seconds of the epoch so far
   */
  record TrainingStep(
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
