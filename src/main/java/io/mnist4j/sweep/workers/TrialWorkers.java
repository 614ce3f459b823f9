package io.mnist4j.sweep.workers;

import io.mnist4j.errors.WorkersException;

/** Those who carry out trials, side by side. */
public interface TrialWorkers extends AutoCloseable {
  /** How many trials can run at once; other machines may come and go. */
  int count();

  /**
   * Begins a trial and returns at once. The inbox hears of each epoch, and once of the end.
   *
   * @param task of which no more than {@link #count()} run at once
   */
  void begin(TrialTask task, TrialInbox inbox);

  /**
   * Has all running trials given up: each ends as {@link TrialOutcome.Abandoned}, or not at all.
   */
  void abandon();

  /**
   * Makes sure that trials still get anywhere; asked now and then.
   *
   * @throws WorkersException if the workers are lost
   */
  default void check() throws WorkersException {}

  /** Ends the workers; trials that still run are given up. */
  @Override
  void close();
}
