package io.mnist4j.sweep.search;

import java.util.List;

/** What schedulers read off learning curves. */
final class Curves {
  private Curves() {}

  /** The trial's curve, empty where it has none yet. */
  static List<Double> of(int trial, List<Observation> history) {
    return history.stream()
        .filter(each -> each.trial() == trial)
        .map(Observation::curve)
        .findFirst()
        .orElse(List.of());
  }

  /** The best of the first epochs; infinite where none is a number. */
  static double best(List<Double> curve, int epochs) {
    double best = Double.POSITIVE_INFINITY;
    for (double value : curve.subList(0, epochs)) {
      if (value < best) {
        best = value;
      }
    }
    return best;
  }
}
