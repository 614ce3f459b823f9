package io.mnist4j.sweep.search;

import io.mnist4j.sweep.space.Coordinates;
import io.mnist4j.sweep.space.SearchSpace;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * How much each parameter matters: functional analysis of variance on a forest of regression trees.
 * Hutter, Hoos and Leyton-Brown, "An Efficient Approach for Assessing Hyperparameter Importance"
 * (2014).
 *
 * <p>The target is a trial's rank instead of its value, so that a few diverged trials do not
 * outweigh all others, and stopped ones count too.
 */
public final class Importance {
  private static final int TREES = 64;
  private static final int FEWEST_TRIALS = 4;

  private Importance() {}

  /**
   * The share of the variance of the ranks that each parameter explains by itself; interactions
   * explain the rest.
   *
   * @param history of this space, in any order; running trials play no part
   * @return a number from 0 to 1 for each key of the space, the greatest first; empty where fewer
   *     than four trials have ended, or all are equal
   */
  public static Map<String, Double> of(SearchSpace space, List<Observation> history) {
    List<Observation> ended = Observation.bestFirst(history);
    if (ended.size() < FEWEST_TRIALS
        || Observation.BETTER.compare(ended.get(0), ended.get(ended.size() - 1)) == 0) {
      return Map.of();
    }
    double[] ranks = ranks(ended);
    Coordinates coordinates = new Coordinates(space);
    double[][] points =
        ended.stream().map(each -> coordinates.of(each.point())).toArray(double[][]::new);

    SplittableRandom random = new SplittableRandom(1);
    double[] sums = new double[coordinates.size()];
    int trees = 0;
    for (int i = 0; i < TREES; i++) {
      double[] parts = tree(points, ranks, random).explained();
      if (parts.length > 0) {
        trees++;
        for (int axis = 0; axis < sums.length; axis++) {
          sums[axis] += parts[axis];
        }
      }
    }
    Map<String, Double> shares = new LinkedHashMap<>();
    double divisor = Math.max(1, trees);
    IntStream.range(0, sums.length)
        .boxed()
        .sorted(Comparator.comparingDouble(axis -> -sums[axis]))
        .forEach(axis -> shares.put(space.parameters().get(axis).key(), sums[axis] / divisor));
    return Collections.unmodifiableMap(shares);
  }

  /** A tree of as many points, drawn with replacement. */
  private static VarianceTree tree(double[][] points, double[] ranks, SplittableRandom random) {
    double[][] drawn = new double[points.length][];
    double[] targets = new double[points.length];
    for (int i = 0; i < points.length; i++) {
      int from = random.nextInt(points.length);
      targets[i] = ranks[from];
      drawn[i] = points[from].clone();
      for (int axis = 0; axis < drawn[i].length; axis++) {
        if (Double.isNaN(drawn[i][axis])) {
          // Inactive: a random value explains nothing.
          drawn[i][axis] = random.nextDouble();
        }
      }
    }
    return new VarianceTree(drawn, targets);
  }

  /** From 0 to 1; equal ones share the mean of their ranks. */
  private static double[] ranks(List<Observation> bestFirst) {
    double[] ranks = new double[bestFirst.size()];
    int from = 0;
    while (from < ranks.length) {
      int to = from;
      while (to + 1 < ranks.length
          && Observation.BETTER.compare(bestFirst.get(from), bestFirst.get(to + 1)) == 0) {
        to++;
      }
      for (int i = from; i <= to; i++) {
        ranks[i] = (from + to) / 2.0 / (ranks.length - 1);
      }
      from = to + 1;
    }
    return ranks;
  }
}
