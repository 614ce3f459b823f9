package io.mnist4j.sweep.search;

import io.mnist4j.config.Key;
import io.mnist4j.errors.ConfigException;
import io.mnist4j.train.EpochMetrics;
import java.util.Objects;
import java.util.Optional;

/**
 * What makes one trial better than another.
 *
 * @param goal empty for that of the metric
 */
public record Objective(
    @Key("what trials are compared by, on the validation images") ObjectiveMetric metric,
    @Key("which way is better") Optional<Goal> goal) {
  public static final Objective DEFAULT =
      new Objective(ObjectiveMetric.VALIDATION_ACCURACY, Optional.empty());

  /** A metric of an epoch. */
  public enum ObjectiveMetric {
    VALIDATION_ACCURACY,
    VALIDATION_LOSS
  }

  /** Which way is better. */
  public enum Goal {
    MAXIMIZE,
    MINIMIZE
  }

  /**
   * @throws IllegalArgumentException if the goal does not fit the metric
   */
  public Objective {
    Objects.requireNonNull(metric, "metric");
    Goal suitable = metric == ObjectiveMetric.VALIDATION_LOSS ? Goal.MINIMIZE : Goal.MAXIMIZE;
    if (goal.isPresent() && goal.get() != suitable) {
      throw new IllegalArgumentException(
          metric == ObjectiveMetric.VALIDATION_LOSS
              ? "goal must be minimize for a loss"
              : "goal must be maximize for an accuracy");
    }
  }

  /** Whether larger is better. */
  public boolean maximizes() {
    return metric == ObjectiveMetric.VALIDATION_ACCURACY;
  }

  /**
   * Checks a value that another program has measured.
   *
   * @throws ConfigException if it is not finite, or an accuracy that is not from 0 to 1
   */
  public void check(double value) throws ConfigException {
    if (!Double.isFinite(value)) {
      throw new ConfigException("the %s must be a number, not %s".formatted(label(), value));
    }
    if (maximizes() && !(value >= 0 && value <= 1)) {
      throw new ConfigException(
          "the %s must be from 0 to 1, not %s%s"
              .formatted(label(), value, value > 1 ? "; divide percentages by 100" : ""));
    }
  }

  /** The value of the metric. */
  public double of(EpochMetrics epoch) {
    return maximizes() ? epoch.validationAccuracy() : epoch.validationLoss();
  }

  /** That of the two which it is. */
  public double of(double validationLoss, double validationAccuracy) {
    return maximizes() ? validationAccuracy : validationLoss;
  }

  /** A value of which smaller is better: for an accuracy the error rate. */
  public double asLoss(EpochMetrics epoch) {
    return maximizes() ? 1 - epoch.validationAccuracy() : epoch.validationLoss();
  }

  /** As a person reads it: {@code validation accuracy}. */
  public String label() {
    return maximizes() ? "validation accuracy" : "validation loss";
  }
}
