package io.mnist4j.train;

import io.mnist4j.config.ConfigKey;
import io.mnist4j.config.Key;
import java.util.List;
import java.util.Objects;

/** When a training ends before its last epoch. A value of 0 switches the rule off. */
public record StoppingSpec(
    @Key("what patience watches") MonitoredMetric metric,
    @Key(
            value =
                "epochs without improvement, after which the best weights are taken; 0 for never",
            min = 0)
        int patience,
    @Key(value = "the smallest change that counts as improvement", min = 0) double minDelta,
    @Key(value = "ends at this validation accuracy; 0 for never", min = 0, max = 1)
        double atAccuracy,
    @Key(value = "ends when the training loss of an epoch is not above this; 0 for never", min = 0)
        double atLoss,
    @Key(value = "ends after so many seconds of training; 0 for never", min = 0)
        double timeLimitSeconds) {
  /** No early end. */
  public static final StoppingSpec DEFAULT =
      new StoppingSpec(MonitoredMetric.VALIDATION_LOSS, 0, 0, 0, 0, 0);

  /** A figure of an epoch that can be watched. */
  public enum MonitoredMetric {
    TRAIN_LOSS(false),
    VALIDATION_LOSS(false),
    VALIDATION_ACCURACY(true);

    private final boolean larger;

    MonitoredMetric(boolean larger) {
      this.larger = larger;
    }

    double of(EpochMetrics epoch) {
      return switch (this) {
        case TRAIN_LOSS -> epoch.trainLoss();
        case VALIDATION_LOSS -> epoch.validationLoss();
        case VALIDATION_ACCURACY -> epoch.validationAccuracy();
      };
    }

    /** Whether a value is better than the best one so far by more than the margin. */
    boolean improves(double value, double best, double minDelta) {
      return larger ? value > best + minDelta : value < best - minDelta;
    }
  }

  /**
   * @throws IllegalArgumentException if a value is out of range; the message begins with its key
   */
  public StoppingSpec {
    Objects.requireNonNull(metric, "metric");
    ConfigKey.requireInRange(
        StoppingSpec.class, patience, minDelta, atAccuracy, atLoss, timeLimitSeconds);
  }

  /** Whether the images that validate decide when a training ends, or which network is kept. */
  public boolean usesValidation() {
    return atAccuracy > 0 || (patience > 0 && metric != MonitoredMetric.TRAIN_LOSS);
  }

  /** Whether the loss of the images that are learned from decides it. */
  boolean usesTrainingLoss() {
    return atLoss > 0 || (patience > 0 && metric == MonitoredMetric.TRAIN_LOSS);
  }

  /** The epoch, from 1, after which the watched metric was best; the first of equals. */
  public int bestEpoch(List<EpochMetrics> history) {
    EpochMetrics best = history.get(0);
    for (EpochMetrics epoch : history) {
      if (metric.improves(metric.of(epoch), metric.of(best), minDelta)) {
        best = epoch;
      }
    }
    return best.epoch();
  }

  /** The epoch, from 1, whose network is the result: the best one with patience, else the last. */
  public int keptEpoch(List<EpochMetrics> history) {
    return patience > 0 ? bestEpoch(history) : history.size();
  }
}
