package io.mnist4j.sweep.search;

import io.mnist4j.sweep.space.Choice;
import io.mnist4j.sweep.space.Domain;
import java.util.Arrays;
import java.util.SplittableRandom;

/** One factor of a density: how likely the places on one axis are, seen from one point. */
sealed interface Kernel {
  /** A random place, 0 to 1. */
  double draw(SplittableRandom random);

  /** The logarithm of a cell's probability, or of the density where the cell is a single place. */
  double log(Cell cell);

  /**
   * A kernel for each place, and the prior as the last one.
   *
   * @param places on the unit interval, NaN for those that get the prior
   */
  static Kernel[] around(double[] places, Domain domain) {
    double[] known = Arrays.stream(places).filter(place -> !Double.isNaN(place)).sorted().toArray();
    Kernel[] kernels = new Kernel[places.length + 1];
    boolean bars = domain instanceof Choice choice && !choice.ordered();
    Kernel prior =
        bars ? new CategoricalKernel(Cell.at(0, domain), 0) : new TruncatedNormal(0.5, 1);
    Arrays.fill(kernels, prior);
    for (int i = 0; i < places.length; i++) {
      if (!Double.isNaN(places[i])) {
        kernels[i] =
            bars
                ? new CategoricalKernel(Cell.at(places[i], domain), known.length + 1.0)
                : new TruncatedNormal(places[i], width(places[i], known));
      }
    }
    return kernels;
  }

  /**
   * The distance to the farther neighbour, with a lower limit, without which the search gets stuck
   * (Bergstra's "magic clip"): half of Optuna's, which found more on all test functions.
   */
  private static double width(double place, double[] sorted) {
    int last = sorted.length - 1;
    if (last == 0) {
      return Math.max(place, 1 - place);
    }
    int at = Arrays.binarySearch(sorted, place);
    double below = at == 0 ? 0 : place - sorted[at - 1];
    double above = at == last ? 0 : sorted[at + 1] - place;
    return Math.max(1 / Math.min(100, 2.0 * (last + 2)), Math.max(below, above));
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
