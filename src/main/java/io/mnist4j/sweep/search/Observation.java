package io.mnist4j.sweep.search;

import io.mnist4j.sweep.space.Point;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * The state of a trial, as samplers and schedulers see it.
 *
 * @param trial its number, from 0
 * @param point what was tried
 * @param state samplers keep away from points that diverged, were invalid or failed; a trial that
 *     failed for a reason other than its point is left out of the history
 * @param curve the objective after each epoch so far, smaller is better; NaN where it was no number
 */
public record Observation(int trial, Point point, TrialState state, List<Double> curve) {
  /**
   * Complete trials by their values; then those that were stopped, by the number of their epochs
   * and their last values; then those without a result, which are all equal.
   */
  static final Comparator<Observation> BETTER =
      Comparator.comparingInt(Observation::group)
          .thenComparingInt(each -> each.group() == 1 ? -each.curve.size() : 0)
          .thenComparingDouble(
              each -> each.hasResult() ? each.curve.get(each.curve.size() - 1) : 0);

  /** Takes a copy. */
  public Observation {
    if (trial < 0) {
      throw new IllegalArgumentException("trial " + trial + " is below 0");
    }
    Objects.requireNonNull(point, "point");
    Objects.requireNonNull(state, "state");
    curve = List.copyOf(curve);
  }

  /** The objective after the last epoch of a complete trial; empty otherwise, and for NaN. */
  public OptionalDouble value() {
    if (state != TrialState.COMPLETE || curve.isEmpty() || curve.get(curve.size() - 1).isNaN()) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(curve.get(curve.size() - 1));
  }

  /** The best of the first epochs; infinite where none is a number. */
  double best(int epochs) {
    return curve.stream()
        .limit(epochs)
        .filter(value -> !value.isNaN())
        .mapToDouble(Double::doubleValue)
        .min()
        .orElse(Double.POSITIVE_INFINITY);
  }

  /** Whether the trial has a result that another's can be worse than. */
  boolean hasResult() {
    return group() < 2;
  }

  private int group() {
    return switch (state) {
      case COMPLETE -> value().isPresent() ? 0 : 2;
      case PRUNED -> curve.isEmpty() ? 2 : 1;
      default -> 2;
    };
  }

  /** The trials that have ended, the best first, and the earlier first where they are equal. */
  static List<Observation> bestFirst(List<Observation> history) {
    return history.stream()
        .filter(each -> each.state != TrialState.RUNNING)
        .sorted(BETTER.thenComparingInt(Observation::trial))
        .toList();
  }
}
