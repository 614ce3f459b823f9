package io.mnist4j.sweep.search;

import io.mnist4j.config.ConfigKey;
import io.mnist4j.config.Key;
import java.util.List;

/**
 * Asynchronous successive halving: at minEpochs, and at each further rung reductionFactor times as
 * long, a trial continues only if it is among the best 1/reductionFactor of all trials that have
 * reached that rung so far. No trial waits for another, and a decision is final. Li et al., "A
 * System for Massively Parallel Hyperparameter Tuning" (2020), in the form that stops trials
 * instead of pausing them.
 *
 * @param minEpochs before the first decision, at least 1; more suit trials that start slowly
 * @param reductionFactor at least 2
 */
public record AshaScheduler(
    @Key(value = "epochs that every trial gets", min = 1) int minEpochs,
    @Key(value = "one of so many trials goes on from each rung", min = 2) int reductionFactor)
    implements Scheduler {
  /** The first decision after one epoch; one of three trials continues. */
  public static final AshaScheduler DEFAULT = new AshaScheduler(1, 3);

  /**
   * @throws IllegalArgumentException if a value is out of range; the message begins with its key
   */
  public AshaScheduler {
    ConfigKey.requireInRange(AshaScheduler.class, minEpochs, reductionFactor);
  }

  @Override
  public boolean stop(int trial, List<Observation> history) {
    Observation own = Scheduler.own(trial, history);
    int epochs = own.curve().size();
    if (!isRung(epochs)) {
      return false;
    }
    double[] rung = Scheduler.bests(history, epochs);
    // The best one always continues, however few there are.
    int goOn = Math.max(1, rung.length / reductionFactor);
    return !(own.best(epochs) <= rung[goOn - 1]);
  }

  private boolean isRung(int epochs) {
    long rung = minEpochs;
    while (rung < epochs) {
      rung *= reductionFactor;
    }
    return rung == epochs;
  }
}
