package io.mnist4j.sweep.workers;

import io.mnist4j.sweep.journal.SeedResult;
import io.mnist4j.sweep.search.TrialState;
import java.io.Serializable;
import java.util.List;

/**
 * How a trial ended.
 *
 * @param state of the trial from now on; RUNNING where it was abandoned and says nothing about its
 *     settings
 * @param bestEpoch the epoch whose network a run of these settings would keep, from 1; 0 where the
 *     trial is not complete
 * @param results of each training, where there were several; the first is that of the best epoch
 * @param reason in a line why it is not complete; may be empty
 */
public record TrialOutcome(TrialState state, int bestEpoch, List<SeedResult> results, String reason)
    implements Serializable {
  /** Takes a copy. */
  public TrialOutcome {
    results = List.copyOf(results);
  }

  /** It ended as planned. */
  public static TrialOutcome completed(int bestEpoch) {
    return new TrialOutcome(TrialState.COMPLETE, bestEpoch, List.of(), "");
  }

  /**
   * All of its trainings ended as planned.
   *
   * @param results at least one
   */
  public static TrialOutcome completed(List<SeedResult> results) {
    return results.size() == 1
        ? completed(results.get(0).bestEpoch())
        : new TrialOutcome(TrialState.COMPLETE, results.get(0).bestEpoch(), results, "");
  }

  /** It ended without a result. */
  public static TrialOutcome without(TrialState state, String reason) {
    return new TrialOutcome(state, 0, List.of(), reason);
  }
}
