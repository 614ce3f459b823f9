package io.mnist4j.sweep.workers;

import io.mnist4j.train.EpochMetrics;

/** Takes the reports of workers; any thread may call it. */
public interface TrialInbox {
  /**
   * Reports an epoch, and waits for the decision.
   *
   * @return whether the trial continues
   */
  boolean report(int trial, EpochMetrics epoch);

  /** Reports the end of a trial, once. */
  void ended(int trial, TrialOutcome outcome);
}
