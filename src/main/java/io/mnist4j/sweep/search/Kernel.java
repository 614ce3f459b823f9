package io.mnist4j.sweep.search;

import io.mnist4j.sweep.space.Choice;
import io.mnist4j.sweep.space.Domain;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** One factor of a density: how likely the places on one axis are, seen from one point. */
sealed interface Kernel {
  /** A random place, 0 to 1. */
  double draw(SplittableRandom random);

  /** The logarithm of a cell's probability, or of the density where the cell is a single place. */
  double log(Cell cell);

  /**
   * The kernels of all points on one axis. Where few values are possible many are equal, and the
   * logarithms of each are taken once.
   *
   * @param different kernels that differ
   * @param ofPoints the index of each point's
   */
  record KernelColumn(List<Kernel> different, int[] ofPoints) {
    Kernel kernel(int point) {
      return different.get(ofPoints[point]);
    }

    /** Adds the kernels' logarithms to a sum for each point. */
    void addLogs(Cell cell, double[] sums) {
      double[] logs = different.stream().mapToDouble(kernel -> kernel.log(cell)).toArray();
      for (int i = 0; i < sums.length; i++) {
        sums[i] += logs[ofPoints[i]];
      }
    }
  }

  /** What a kernel that is not the prior follows from. */
  record KernelShape(double place, double width) {}

  /**
   * A kernel for each place, and the prior as the last one.
   *
   * @param places on the unit interval, NaN for those that get the prior
   * @param narrowness by which the least width is divided, above 0
   */
  static KernelColumn around(double[] places, Domain domain, double narrowness) {
    double[] known = Arrays.stream(places).filter(place -> !Double.isNaN(place)).sorted().toArray();
    boolean bars = domain instanceof Choice choice && !choice.ordered();
    List<Kernel> different = new ArrayList<>();
    Map<KernelShape, Integer> indexes = new HashMap<>();
    int[] ofPoints = new int[places.length + 1];
    different.add(
        bars ? new CategoricalKernel(Cell.at(0, domain), 0) : new TruncatedNormal(0.5, 1));
    for (int i = 0; i < places.length; i++) {
      if (Double.isNaN(places[i])) {
        continue;
      }
      KernelShape shape =
          new KernelShape(places[i], bars ? 0 : width(places[i], known, narrowness));
      ofPoints[i] =
          indexes.computeIfAbsent(
              shape,
              each -> {
                different.add(
                    bars
                        ? new CategoricalKernel(Cell.at(each.place(), domain), known.length + 1.0)
                        : new TruncatedNormal(each.place(), each.width()));
                return different.size() - 1;
              });
    }
    return new KernelColumn(different, ofPoints);
  }

  /**
   * The distance to the farther neighbour, with a lower limit, without which the search gets stuck
   * (Bergstra's "magic clip"). With a narrowness of 1 it is Optuna's; half of that found more on
   * all test functions where one trial ran at a time, and less where many did.
   */
  private static double width(double place, double[] sorted, double narrowness) {
    int last = sorted.length - 1;
    if (last == 0) {
      return Math.max(place, 1 - place);
    }
    int at = Arrays.binarySearch(sorted, place);
    double below = at == 0 ? 0 : place - sorted[at - 1];
    double above = at == last ? 0 : sorted[at + 1] - place;
    return Math.max(1 / Math.min(100, narrowness * (last + 2)), Math.max(below, above));
  }

  /** A normal distribution, cut off at the ends of the unit interval. */
  final class TruncatedNormal implements Kernel {
    /** In a cell of so few widths the density is that of its middle, to one in 10,000. */
    private static final double NARROW = 0.05;

    private final double mean;
    private final double width;
    private final double logInside;
    private final double logPeak;

    /**
     * @param mean 0 to 1
     * @param width standard deviation, above 0 and at most 1
     */
    TruncatedNormal(double mean, double width) {
      this.mean = mean;
      this.width = width;
      this.logInside = Math.log(mass(0, 1));
      this.logPeak = -Math.log(width * Math.sqrt(2 * Math.PI)) - logInside;
    }

    @Override
    public double draw(SplittableRandom random) {
      // At least a third of the distribution is inside. Box and Muller (1958), since the
      // generator's
      // own method differs between versions of Java.
      while (true) {
        double radius = Math.sqrt(-2 * Math.log(1 - random.nextDouble()));
        double place = mean + width * radius * Math.cos(2 * Math.PI * random.nextDouble());
        if (place >= 0 && place <= 1) {
          return place;
        }
      }
    }

    @Override
    public double log(Cell cell) {
      if (cell.size() > NARROW * width) {
        // Where it underflows, the prior alone counts.
        return Math.log(Math.max(Double.MIN_NORMAL, mass(cell.from(), cell.to()))) - logInside;
      }
      double off = (cell.middle() - mean) / width;
      return logPeak - 0.5 * off * off + cell.logSize();
    }

    private double mass(double from, double to) {
      return Normal.between((from - mean) / width, (to - mean) / width);
    }
  }

  /** A probability for each choice: one has its count, and all share one count more. */
  final class CategoricalKernel implements Kernel {
    private final Cell own;
    private final double priorPart;
    private final double logOwn;
    private final double logOther;

    /**
     * @param own the choice that was made
     * @param count its weight, where the prior gives all choices together the weight 1
     */
    CategoricalKernel(Cell own, double count) {
      double choices = 1 / own.size();
      this.own = own;
      this.priorPart = choices / (count + choices);
      this.logOwn = Math.log((count + 1) / (count + choices));
      this.logOther = Math.log(1 / (count + choices));
    }

    @Override
    public double draw(SplittableRandom random) {
      return random.nextDouble() < priorPart ? random.nextDouble() : own.middle();
    }

    @Override
    public double log(Cell cell) {
      return cell.from() == own.from() ? logOwn : logOther;
    }
  }
}
