package io.mnist4j.sweep.search;

import java.util.List;

/**
 * Says which running trials are not worth their remaining epochs. In a file it is called by its
 * simple name without the last word: {@code median}.
 */
public sealed interface Scheduler permits NoneScheduler, MedianScheduler, AshaScheduler {
  /**
   * Whether to stop a trial now; asked after each of its epochs except the last one.
   *
   * @param trial its number
   * @param history what is known so far, in any order, with the trial's own curve up to now
   */
  boolean stop(int trial, List<Observation> history);
}
