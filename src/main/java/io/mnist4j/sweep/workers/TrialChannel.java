package io.mnist4j.sweep.workers;

import io.mnist4j.train.EpochMetrics;

/** What a trial says to the sweep, and hears from it. */
public interface TrialChannel {
  /**
   * Reports an epoch.
   *
   * @return whether the trial is to go on
   */
  boolean report(EpochMetrics epoch);

  /** Whether the trial is to be given up now, as if it had never begun; asked after each step. */
  boolean abandoned();
}
