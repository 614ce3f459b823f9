package io.mnist4j.sweep.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * A tree-structured Parzen estimator: tries what is likely among the good trials and unlikely among
 * the rest. Bergstra et al., "Algorithms for Hyper-Parameter Optimization" (2011), over all
 * parameters jointly: Falkner et al., "BOHB" (2018), and Watanabe, "Tree-Structured Parzen
 * Estimator: Understanding Its Algorithm Components" (2023).
 *
 * <p>The good ones are the best tenth of the trials that have ended, 25 at most (the numbers are
 * Optuna's). A trial that runs counts as one of the rest, so that workers in parallel go to
 * different places; so does one that failed.
 *
 * @param startupTrials that must have ended before anything is concluded from them; a random point
 *     until then; at least 1
 * @param candidates drawn from among the good for each trial, of which the best is taken; at least
 *     1
 */
public record TpeSampler(int startupTrials, int candidates) implements Sampler {
  private static final double GOOD_PART = 0.1;
  private static final int MOST_GOOD = 25;

  /**
   * @throws IllegalArgumentException if a value is out of range; the message begins with its name
   */
  public TpeSampler {
    if (startupTrials < 1) {
      throw new IllegalArgumentException("startup-trials must be at least 1, not " + startupTrials);
    }
    if (candidates < 1) {
      throw new IllegalArgumentException("candidates must be at least 1, not " + candidates);
    }
  }

  /** Ten trials by chance, and 24 candidates for each one after. */
  public TpeSampler() {
    this(10, 24);
  }

  @Override
  public Optional<Point> sample(
      SearchSpace space, List<Observation> history, long seed, int trial) {
    List<Observation> ended = Ranking.bestFirst(history);
    if (ended.size() < startupTrials) {
      return new RandomSampler().sample(space, history, seed, trial);
    }
    int good = (int) Math.min(MOST_GOOD, Math.ceil(GOOD_PART * ended.size()));
    List<Observation> rest = new ArrayList<>(ended.subList(good, ended.size()));
    history.stream()
        .filter(each -> each.state() == Observation.State.RUNNING && each.trial() != trial)
        .forEach(rest::add);

    Coordinates coordinates = new Coordinates(space);
    Density among = density(coordinates, ended.subList(0, good));
    Density outside = density(coordinates, rest);
    SplittableRandom random = RandomSampler.randomness(seed, trial);
    double[] best = null;
    double bestGain = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < candidates; i++) {
      double[] candidate = among.draw(random);
      double gain = among.log(candidate) - outside.log(candidate);
      if (best == null || gain > bestGain) {
        best = candidate;
        bestGain = gain;
      }
    }
    return Optional.of(coordinates.point(best));
  }

  /** In the order of the trials: the sum over kernels must not hang on that of the history. */
  private static Density density(Coordinates coordinates, List<Observation> observations) {
    return new Density(
        coordinates,
        observations.stream()
            .sorted(Comparator.comparingInt(Observation::trial))
            .map(each -> coordinates.of(each.point()))
            .toList());
  }
}
