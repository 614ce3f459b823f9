package io.mnist4j.sweep.workers;

import io.mnist4j.train.EpochMetrics;

/** Where workers bring what their trials say; any thread may call it. */
public interface TrialInbox {
  /**
   * Waits until the sweep has taken note.
   *
   * @return whether the trial is to go on
   */
  boolean report(int trial, EpochMetrics epoch);

  /** Says that a trial is over; nothing more is heard of it. */
  void ended(int trial, TrialOutcome outcome);
}
