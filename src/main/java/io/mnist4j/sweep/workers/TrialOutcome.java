package io.mnist4j.sweep.workers;

import java.io.Serializable;

/** How a trial ended. */
public sealed interface TrialOutcome extends Serializable {

  /**
   * As planned.
   *
   * @param bestEpoch whose network a run of these settings would keep, from 1
   */
  record Completed(int bestEpoch) implements TrialOutcome {}

  /** It was told not to go on. */
  record Stopped() implements TrialOutcome {}

  /** It was given up in the middle, and says nothing about its settings. */
  record Abandoned() implements TrialOutcome {}

  /**
   * Its loss or a parameter became infinite or not a number, and would again.
   *
   * @param reason in a line
   */
  record Diverged(String reason) implements TrialOutcome {}

  /**
   * Its settings contradict each other, or do not fit the images.
   *
   * @param reason in a line
   */
  record Invalid(String reason) implements TrialOutcome {}

  /**
   * It went wrong for a reason that need not lie in its settings.
   *
   * @param reason in a line
   */
  record Failed(String reason) implements TrialOutcome {}
}
