package io.mnist4j.sweep.workers;

import io.mnist4j.sweep.search.TrialState;
import java.io.Serializable;

/**
 * How a trial ended.
 *
 * @param state of the trial from now on; RUNNING where it was abandoned and says nothing about its
 *     settings
 * @param bestEpoch the epoch whose network a run of these settings would keep, from 1; 0 where the
 *     trial is not complete
 * @param reason in a line why it is not complete; may be empty
 */
public record TrialOutcome(TrialState state, int bestEpoch, String reason) implements Serializable {
  /** It ended as planned. */
  public static TrialOutcome completed(int bestEpoch) {
    return new TrialOutcome(TrialState.COMPLETE, bestEpoch, "");
  }

  /** It ended without a result. */
  public static TrialOutcome without(TrialState state, String reason) {
    return new TrialOutcome(state, 0, reason);
  }
}
