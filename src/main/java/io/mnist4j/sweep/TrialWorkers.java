package io.mnist4j.sweep;

/** Those who carry out trials, side by side. */
public interface TrialWorkers extends AutoCloseable {
  /** How many trials can run at once. */
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

  /** Ends the workers; trials that still run are given up. */
  @Override
  void close();
}
