package io.mnist4j.sweep.search;

import io.mnist4j.config.Key;

/** Which trials are stopped before their last epoch. */
public sealed interface SchedulerSpec {

  /** The rule itself. */
  Scheduler scheduler();

  /** Every trial comes to its end. */
  record None() implements SchedulerSpec {
    @Override
    public Scheduler scheduler() {
      return new NoScheduler();
    }
  }

  /**
   * Stops a trial that is worse than the median of the others at the same epoch.
   *
   * @param startupTrials that must have come as far before any is stopped, at least 1
   * @param warmupEpochs after which nothing is stopped yet, at least 0
   */
  record Median(
      @Key(value = "trials that must have come as far before any is stopped", min = 1)
          int startupTrials,
      @Key(value = "epochs after which nothing is stopped yet", min = 0) int warmupEpochs)
      implements SchedulerSpec {
    public static final Median DEFAULT = new Median(5, 0);

    /**
     * @throws IllegalArgumentException if a value is out of range; the message begins with its key
     */
    public Median {
      new MedianScheduler(startupTrials, warmupEpochs);
    }

    @Override
    public Scheduler scheduler() {
      return new MedianScheduler(startupTrials, warmupEpochs);
    }
  }

  /**
   * Asynchronous successive halving (Li et al., 2020): of the trials that reach a rung, only the
   * best go on to the next one.
   *
   * @param minEpochs before the first decision, at least 1
   * @param reductionFactor one of so many goes on, and rungs are so many times further, at least 2
   */
  record Asha(
      @Key(value = "epochs that every trial gets", min = 1) int minEpochs,
      @Key(value = "one of so many trials goes on from each rung", min = 2) int reductionFactor)
      implements SchedulerSpec {
    public static final Asha DEFAULT = new Asha(1, 3);

    /**
     * @throws IllegalArgumentException if a value is out of range; the message begins with its key
     */
    public Asha {
      new AshaScheduler(minEpochs, reductionFactor);
    }

    @Override
    public Scheduler scheduler() {
      return new AshaScheduler(minEpochs, reductionFactor);
    }
  }
}
