package io.mnist4j.sweep.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * A regression tree (Breiman et al., 1984) over the unit cube that knows how much of its own
 * variance each axis explains.
 */
final class VarianceTree {
  private static final int FEWEST_TO_SPLIT = 4;
  private static final int FEWEST_IN_LEAF = 2;

  private final int axes;
  private final List<Leaf> leaves = new ArrayList<>();

  /** A box of the cube, and the mean of the targets in it. */
  private static final class Leaf {
    final double[] low;
    final double[] high;
    final double mean;

    Leaf(double[] low, double[] high, double mean) {
      this.low = low;
      this.high = high;
      this.mean = mean;
    }

    double volume() {
      double volume = 1;
      for (int axis = 0; axis < low.length; axis++) {
        volume *= high[axis] - low[axis];
      }
      return volume;
    }
  }

  /** Where to part a node. */
  private record Split(int axis, double place) {}

  /**
   * @param points [n][axes], 0 to 1
   * @param targets [n]
   */
  VarianceTree(double[][] points, double[] targets) {
    axes = points[0].length;
    Integer[] rows = new Integer[points.length];
    Arrays.setAll(rows, i -> i);
    double[] high = new double[axes];
    Arrays.fill(high, 1);
    grow(points, targets, rows, new double[axes], high);
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
    // Each leaf adds to the stretch between its borders: kept as steps, and summed up afterwards.
    double[] steps = new double[borders.length];
    for (Leaf leaf : leaves) {
      double part = leaf.mean * leaf.volume() / (leaf.high[axis] - leaf.low[axis]);
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

  private void grow(
      double[][] points, double[] targets, Integer[] rows, double[] low, double[] high) {
    Split split = best(points, targets, rows);
    if (split == null) {
      double mean = Arrays.stream(rows).mapToDouble(row -> targets[row]).average().orElseThrow();
      leaves.add(new Leaf(low, high, mean));
      return;
    }
    double[] middleHigh = high.clone();
    middleHigh[split.axis()] = split.place();
    double[] middleLow = low.clone();
    middleLow[split.axis()] = split.place();
    grow(points, targets, side(points, rows, split, true), low, middleHigh);
    grow(points, targets, side(points, rows, split, false), middleLow, high);
  }

  private static Integer[] side(double[][] points, Integer[] rows, Split split, boolean below) {
    return Arrays.stream(rows)
        .filter(row -> points[row][split.axis()] < split.place() == below)
        .toArray(Integer[]::new);
  }

  /** Null where none gains anything. */
  private Split best(double[][] points, double[] targets, Integer[] rows) {
    if (rows.length < FEWEST_TO_SPLIT) {
      return null;
    }
    double sum = Arrays.stream(rows).mapToDouble(row -> targets[row]).sum();
    Split best = null;
    double mostGain = 1e-12;
    for (int a = 0; a < axes; a++) {
      int axis = a;
      Integer[] sorted = rows.clone();
      Arrays.sort(sorted, Comparator.comparingDouble(row -> points[row][axis]));
      double below = 0;
      for (int i = 1; i <= sorted.length - FEWEST_IN_LEAF; i++) {
        below += targets[sorted[i - 1]];
        double from = points[sorted[i - 1]][axis];
        double place = (from + points[sorted[i]][axis]) / 2;
        if (i < FEWEST_IN_LEAF || !(from < place)) {
          continue;
        }
        double above = sum - below;
        double gain =
            below * below / i + above * above / (sorted.length - i) - sum * sum / sorted.length;
        if (gain > mostGain) {
          mostGain = gain;
          best = new Split(axis, place);
        }
      }
    }
    return best;
  }
}
