package io.mnist4j.train;

import java.util.List;

/**
 * The result of a training.
 *
 * @param epochs one entry for each, at least one
 * @param ending why there are no more
 */
public record TrainingResult(List<EpochMetrics> epochs, StopReason ending) {
  public TrainingResult {
    epochs = List.copyOf(epochs);
  }

  /** The last epoch's figures: those of the network when the training ended. */
  public EpochMetrics last() {
    return epochs.get(epochs.size() - 1);
  }

  /** Seconds of training, validation not counted. */
  public double seconds() {
    return epochs.stream().mapToDouble(EpochMetrics::seconds).sum();
  }

  /** Training speed in images. */
  public double samplesPerSecond() {
    return epochs.stream().mapToLong(EpochMetrics::samples).sum() / seconds();
  }
}
