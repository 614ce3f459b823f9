package io.mnist4j.sweep.search;

import io.mnist4j.sweep.space.Point;
import java.util.List;
import java.util.Map;

/**
 * Decides which running trials are not worth their remaining epochs. In a file it is called by its
 * simple name without the last word: {@code median}.
 */
public sealed interface Scheduler
    permits Scheduler.NoneScheduler, MedianScheduler, AshaScheduler, HyperbandScheduler {
  /** Lets every trial end. */
  record NoneScheduler() implements Scheduler {
    @Override
    public boolean stop(int trial, List<Observation> history) {
      return false;
    }
  }

  /**
   * Whether to stop a trial now; asked after each of its epochs except the last one.
   *
   * @param trial its number
   * @param history of all trials, in any order, with the trial's own curve up to now
   */
  boolean stop(int trial, List<Observation> history);

  /** The trial's own observation; one without an epoch where it has none yet. */
  static Observation own(int trial, List<Observation> history) {
    return history.stream()
        .filter(each -> each.trial() == trial)
        .findFirst()
        .orElseGet(
            () -> new Observation(trial, new Point(Map.of()), TrialState.RUNNING, List.of()));
  }

  /** The best values of all trials that have reached that epoch, ascending. */
  static double[] bests(List<Observation> history, int epoch) {
    return history.stream()
        .filter(each -> each.curve().size() >= epoch)
        .mapToDouble(each -> each.best(epoch))
        .sorted()
        .toArray();
  }
}
