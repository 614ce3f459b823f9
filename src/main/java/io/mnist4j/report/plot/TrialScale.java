package io.mnist4j.report.plot;

import io.mnist4j.sweep.journal.Trial;
import io.mnist4j.sweep.search.Objective;
import io.mnist4j.sweep.search.TrialState;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The vertical axis of the values of trials, with the better end at the top. It shows the
 * differences between complete trials. A trial that learned nothing would press all others into one
 * line, so the worst trials lie at the bottom, however much worse they are.
 *
 * @param axis of the values
 * @param larger whether larger ones are better
 */
public record TrialScale(Axis axis, boolean larger) {
  /** Part of the complete trials that is sure to be shown where it is. */
  private static final double SHOWN = 0.9;

  /** Room below them, as part of their range. */
  private static final double ROOM = 0.25;

  private static final int MARKS = 5;

  /**
   * Makes it.
   *
   * @param trials of which those without a value do not count
   */
  static TrialScale of(Collection<Trial> trials, Objective objective) {
    boolean larger = objective.maximizes();
    List<Double> values = values(trials, objective, true);
    if (values.size() < 3) {
      values = values(trials, objective, false);
    }
    if (values.isEmpty()) {
      return new TrialScale(Axis.covering(0, 1, MARKS), larger);
    }
    double best = values.get(0);
    double worst = values.get((int) Math.ceil(SHOWN * (values.size() - 1)));
    // Accuracies, losses and times are at least 0.
    double end = Math.max(Math.min(0, worst), worst + ROOM * (worst - best));
    Axis axis = Axis.covering(Math.min(best, end), Math.max(best, end), MARKS);
    return new TrialScale(larger ? axis.upTo(1) : axis, larger);
  }

  /** The best first. */
  private static List<Double> values(
      Collection<Trial> trials, Objective objective, boolean complete) {
    Comparator<Double> ascending = Comparator.naturalOrder();
    return trials.stream()
        .filter(trial -> !complete || trial.state() == TrialState.COMPLETE)
        .map(trial -> trial.value(objective))
        .filter(OptionalDouble::isPresent)
        .map(OptionalDouble::getAsDouble)
        .filter(Double::isFinite)
        .sorted(objective.maximizes() ? ascending.reversed() : ascending)
        .toList();
  }

  /** 0 at the bottom to 1 at the top, which is the better end. */
  double height(double value) {
    double fraction = axis.fraction(value);
    double up = larger ? fraction : 1 - fraction;
    return Double.isNaN(up) ? 0 : Math.min(1, Math.max(0, up));
  }
}
