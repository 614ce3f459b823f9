package io.mnist4j.sweep.workers;

import io.mnist4j.errors.WorkersException;

/** Carry out trials in parallel. */
public interface TrialWorkers extends AutoCloseable {
  /** How many trials can run at once; other machines may come and go. */
  int count();

  /**
   * Begins a trial and returns at once. The inbox gets each epoch, and once the end.
   *
   * @param task of which no more than {@link #count()} run at once
   */
  void begin(TrialTask task, TrialInbox inbox);

  /** Ends all running trials: each with an outcome whose state is RUNNING, or without one. */
  void abandon();

  /**
   * Checks that there are workers; called regularly.
   *
   * @throws WorkersException if the workers are lost
   */
  default void check() throws WorkersException {}

  /** Ends the workers, and the trials that still run. */
  @Override
  void close();
}
