package io.mnist4j.sweep.search;

import io.mnist4j.config.ConfigKey;
import io.mnist4j.config.Key;
import io.mnist4j.sweep.space.Coordinates;
import io.mnist4j.sweep.space.Point;
import io.mnist4j.sweep.space.SearchSpace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * A tree-structured Parzen estimator: tries what is likely among the good trials and unlikely among
 * the rest. Bergstra et al., "Algorithms for Hyper-Parameter Optimization" (2011), over all
 * parameters jointly, as in Falkner et al., "BOHB" (2018).
 *
 * <p>The good ones are the best tenth of the trials that have ended, 25 at most (Optuna's numbers).
 * A trial that runs counts as one of the rest, so that parallel workers try different points; so
 * does one that failed. Each point is tried once.
 *
 * @param startupTrials random trials that must have begun before the estimator is used, at least 1;
 *     one of them must have ended
 * @param candidates drawn for each trial, of which the best is taken, at least 1
 */
public record TpeSampler(
    @Key(value = "trials by chance, before anything is concluded from them", min = 1)
        int startupTrials,
    @Key(value = "candidates of which the most promising one is tried", min = 1) int candidates)
    implements Sampler {
  /** Ten random trials, then 24 candidates for each. */
  public static final TpeSampler DEFAULT = new TpeSampler(10, 24);

  private static final double GOOD_PART = 0.1;
  private static final int MOST_GOOD = 25;

  /** Of kernels, where no other trial runs; with so many it is half of that. */
  private static final double NARROWNESS_ALONE = 2;

  private static final double CROWD = 16;

  /**
   * @throws IllegalArgumentException if a value is out of range; the message begins with its key
   */
  public TpeSampler {
    ConfigKey.requireInRange(TpeSampler.class, startupTrials, candidates);
  }

  @Override
  public Optional<Point> sample(
      SearchSpace space, List<Observation> history, long seed, int trial) {
    // By number, since a sum of floating-point numbers depends on their order.
    List<Observation> others =
        history.stream()
            .filter(each -> each.trial() != trial)
            .sorted(Comparator.comparingInt(Observation::trial))
            .toList();
    Coordinates coordinates = new Coordinates(space);
    Set<Point> tried = RandomSampler.tried(others, trial);
    SplittableRandom random = RandomSampler.randomness(seed, trial);

    List<Observation> ended = Observation.bestFirst(others);
    if (others.size() < startupTrials || ended.isEmpty()) {
      return RandomSampler.untried(space, tried, random);
    }
    long most = Math.min(MOST_GOOD, (long) Math.ceil(GOOD_PART * ended.size()));
    Set<Integer> good =
        ended.stream()
            .filter(Observation::hasResult)
            .limit(most)
            .map(Observation::trial)
            .collect(Collectors.toSet());
    List<double[]> among = new ArrayList<>();
    List<double[]> rest = new ArrayList<>();
    for (Observation each : others) {
      (good.contains(each.trial()) ? among : rest).add(coordinates.of(each.point()));
    }
    // Whoever chooses without knowing what others find looks around more widely.
    double narrowness = NARROWNESS_ALONE / (1 + (others.size() - ended.size()) / CROWD);
    Density likely = new Density(coordinates, among, narrowness);
    Density unlikely = new Density(coordinates, rest, narrowness);

    Optional<Point> best = Optional.empty();
    double mostGain = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < candidates; i++) {
      double[] candidate = likely.draw(random);
      double gain = likely.log(candidate) - unlikely.log(candidate);
      Point point = coordinates.point(candidate);
      if (gain > mostGain && !tried.contains(point)) {
        best = Optional.of(point);
        mostGain = gain;
      }
    }
    return best.isPresent() ? best : RandomSampler.untried(space, tried, random);
  }
}
