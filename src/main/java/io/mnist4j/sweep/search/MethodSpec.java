package io.mnist4j.sweep.search;

import io.mnist4j.config.Key;

/** How the settings of a trial are chosen. */
public sealed interface MethodSpec {

  /** The rule itself. */
  Sampler sampler();

  /**
   * Every combination.
   *
   * @param steps values that are taken of each range, 1 to 1,000
   */
  record Grid(@Key(value = "values that are taken of each range", min = 1, max = 1000) int steps)
      implements MethodSpec {
    public static final Grid DEFAULT = new Grid(5);

    /**
     * @throws IllegalArgumentException if a value is out of range; the message begins with its key
     */
    public Grid {
      new GridSampler(steps);
    }

    @Override
    public Sampler sampler() {
      return new GridSampler(steps);
    }
  }

  /** By chance. */
  record Random() implements MethodSpec {
    @Override
    public Sampler sampler() {
      return new RandomSampler();
    }
  }

  /**
   * A tree-structured Parzen estimator: near what went well, away from what did not.
   *
   * @param startupTrials by chance, before anything is concluded from them, at least 1
   * @param candidates of which the most promising one is tried, at least 1
   */
  record Tpe(
      @Key(value = "trials by chance, before anything is concluded from them", min = 1)
          int startupTrials,
      @Key(value = "candidates of which the most promising one is tried", min = 1) int candidates)
      implements MethodSpec {
    public static final Tpe DEFAULT = new Tpe(10, 24);

    /**
     * @throws IllegalArgumentException if a value is out of range; the message begins with its key
     */
    public Tpe {
      new TpeSampler(startupTrials, candidates);
    }

    @Override
    public Sampler sampler() {
      return new TpeSampler(startupTrials, candidates);
    }
  }
}
