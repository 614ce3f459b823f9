package io.mnist4j.sweep.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A regression tree (Breiman et al., 1984) over the unit cube that computes how much of its
 * variance each axis explains.
 */
final class VarianceTree {
  private static final int FEWEST_IN_LEAF = 2;

  /** A gain below it, in squares of the targets, is rounding. */
  private static final double LEAST_GAIN = 1e-12;

  private final int axes;
  private final List<Leaf> leaves = new ArrayList<>();

  /** A box of the cube, and the mean of the targets in it. */
  private record Leaf(double[] low, double[] high, double mean) {
    double volume() {
      return IntStream.range(0, low.length)
          .mapToDouble(axis -> high[axis] - low[axis])
          .reduce(1, (product, size) -> product * size);
    }
  }

  /** Where to split a node. */
  private record Split(int axis, double place) {}

  /**
   * @param points [n][axes], 0 to 1
   * @param targets [n]
   */
  VarianceTree(double[][] points, double[] targets) {
    axes = points[0].length;
    int[][] sorted = new int[axes][];
    for (int a = 0; a < axes; a++) {
      int axis = a;
      sorted[axis] =
          IntStream.range(0, points.length)
              .boxed()
              .sorted(Comparator.comparingDouble(row -> points[row][axis]))
              .mapToInt(Integer::intValue)
              .toArray();
    }
    double[] high = new double[axes];
    Arrays.fill(high, 1);
    grow(points, targets, sorted, new double[axes], high);
  }

  /**
   * The part of the variance over the cube that each axis explains alone; empty where there is no
   * variance.
   */
  double[] explained() {
    double mean = leaves.stream().mapToDouble(leaf -> leaf.volume() * leaf.mean).sum();
    double variance =
        leaves.stream()
            .mapToDouble(leaf -> leaf.volume() * (leaf.mean - mean) * (leaf.mean - mean))
            .sum();
    if (!(variance > 0)) {
      return new double[0];
    }
    double[] parts = new double[axes];
    for (int axis = 0; axis < axes; axis++) {
      parts[axis] = marginalVariance(axis, mean) / variance;
    }
    return parts;
  }

  /** The variance of the function of one axis that is left when the others are averaged out. */
  private double marginalVariance(int axis, double mean) {
    double[] borders =
        leaves.stream()
            .flatMapToDouble(leaf -> Arrays.stream(new double[] {leaf.low[axis], leaf.high[axis]}))
            .sorted()
            .distinct()
            .toArray();
    // Each leaf adds its part between its borders: steps up and down, summed up below.
    double[] steps = new double[borders.length];
    for (Leaf leaf : leaves) {
      double part = leaf.mean() * leaf.volume() / (leaf.high[axis] - leaf.low[axis]);
      steps[Arrays.binarySearch(borders, leaf.low[axis])] += part;
      steps[Arrays.binarySearch(borders, leaf.high[axis])] -= part;
    }
    double variance = 0;
    double here = 0;
    for (int i = 0; i + 1 < borders.length; i++) {
      here += steps[i];
      variance += (borders[i + 1] - borders[i]) * (here - mean) * (here - mean);
    }
    return variance;
  }

  /**
   * @param sorted [axes][rows of this node], sorted once along each axis
   */
  private void grow(
      double[][] points, double[] targets, int[][] sorted, double[] low, double[] high) {
    Split split = best(points, targets, sorted);
    if (split == null) {
      leaves.add(new Leaf(low, high, sum(targets, sorted[0]) / sorted[0].length));
      return;
    }
    double[] middleHigh = high.clone();
    middleHigh[split.axis()] = split.place();
    double[] middleLow = low.clone();
    middleLow[split.axis()] = split.place();
    grow(points, targets, side(points, sorted, split, true), low, middleHigh);
    grow(points, targets, side(points, sorted, split, false), middleLow, high);
  }

  private static int[][] side(double[][] points, int[][] sorted, Split split, boolean below) {
    int[][] side = new int[sorted.length][];
    for (int axis = 0; axis < sorted.length; axis++) {
      side[axis] =
          Arrays.stream(sorted[axis])
              .filter(row -> points[row][split.axis()] < split.place() == below)
              .toArray();
    }
    return side;
  }

  private static double sum(double[] targets, int[] rows) {
    double sum = 0;
    for (int row : rows) {
      sum += targets[row];
    }
    return sum;
  }

  /** Null where no split reduces the variance. */
  private static Split best(double[][] points, double[] targets, int[][] sorted) {
    int n = sorted[0].length;
    double sum = sum(targets, sorted[0]);
    Split best = null;
    double mostGain = LEAST_GAIN;
    for (int axis = 0; axis < sorted.length; axis++) {
      int[] rows = sorted[axis];
      double below = 0;
      for (int i = 1; i <= n - FEWEST_IN_LEAF; i++) {
        below += targets[rows[i - 1]];
        double from = points[rows[i - 1]][axis];
        double place = (from + points[rows[i]][axis]) / 2;
        if (i < FEWEST_IN_LEAF || !(from < place)) {
          continue;
        }
        double above = sum - below;
        double gain = below * below / i + above * above / (n - i) - sum * sum / n;
        if (gain > mostGain) {
          mostGain = gain;
          best = new Split(axis, place);
        }
      }
    }
    return best;
  }
}
