package io.mnist4j.sweep.search;

import java.util.Comparator;
import java.util.List;

/** Which of the ended trials are better. */
final class Ranking {
  /**
   * Complete trials by their values; then those that were stopped, the longer the better, by what
   * they had last; then those without a result, all alike.
   */
  static final Comparator<Observation> BETTER =
      Comparator.comparingInt(Ranking::group)
          .thenComparingInt(each -> group(each) == 1 ? -each.curve().size() : 0)
          .thenComparingDouble(each -> hasResult(each) ? last(each) : 0);

  private Ranking() {}

  /** The trials that have ended, the best first, and the earlier first where they are alike. */
  static List<Observation> bestFirst(List<Observation> history) {
    return history.stream()
        .filter(each -> each.state() != TrialState.RUNNING)
        .sorted(BETTER.thenComparingInt(Observation::trial))
        .toList();
  }

  /** Whether a trial came to anything that another can be worse than. */
  static boolean hasResult(Observation observation) {
    return group(observation) < 2;
  }

  private static int group(Observation observation) {
    return switch (observation.state()) {
      case COMPLETE -> observation.value().isPresent() ? 0 : 2;
      case PRUNED -> observation.curve().isEmpty() ? 2 : 1;
      default -> 2;
    };
  }

  private static double last(Observation observation) {
    return observation.curve().get(observation.curve().size() - 1);
  }
}
