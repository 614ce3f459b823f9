package io.mnist4j.sweep.search;

import java.util.Arrays;
import java.util.SplittableRandom;

/** One factor of a density: how likely the places on one axis are, seen from one point. */
sealed interface Kernel {
  /** A place by chance. */
  double draw(SplittableRandom random);

  /** The logarithm of the density (of the probability, where there are countably many places). */
  double log(double place);

  /**
   * A kernel for each place, and the prior as the last one.
   *
   * @param places on the unit interval, NaN for those that get the prior
   */
  static Kernel[] around(double[] places, Domain domain) {
    Kernel[] kernels = new Kernel[places.length + 1];
    double[] known = Arrays.stream(places).filter(place -> !Double.isNaN(place)).sorted().toArray();
    if (domain instanceof Choice choice) {
      int n = choice.values().size();
      // One count for the place, and one for the prior, which all kernels share.
      double extra = 1.0 / (known.length + 1);
      Kernel prior = new Bars(n, 0, 0);
      for (int i = 0; i < places.length; i++) {
        kernels[i] = Double.isNaN(places[i]) ? prior : new Bars(n, (int) (places[i] * n), extra);
      }
      kernels[places.length] = prior;
      return kernels;
    }
    Bell prior = new Bell(domain, 0.5, 1);
    for (int i = 0; i < places.length; i++) {
      kernels[i] =
          Double.isNaN(places[i]) ? prior : new Bell(domain, places[i], width(places[i], known));
    }
    kernels[places.length] = prior;
    return kernels;
  }

  /**
   * The distance to the farther neighbour, but not so narrow that the search gets stuck (Bergstra's
   * "magic" clip).
   */
  private static double width(double place, double[] sorted) {
    int at = Arrays.binarySearch(sorted, place);
    double below = at == 0 ? (sorted.length == 1 ? 0 : -1) : sorted[at - 1];
    double above = at == sorted.length - 1 ? (sorted.length == 1 ? 1 : -1) : sorted[at + 1];
    double width = Math.max(below < 0 ? 0 : place - below, above < 0 ? 0 : above - place);
    double least = 1.0 / Math.min(100, sorted.length + 2);
    return Math.min(1, Math.max(least, width));
  }

  /** A normal distribution, cut off at the ends of the unit interval. */
  final class Bell implements Kernel {
    private static final double SQRT_2_PI = Math.sqrt(2 * Math.PI);

    private final Domain domain;
    private final double mean;
    private final double width;
    private final double logMass;

    Bell(Domain domain, double mean, double width) {
      this.domain = domain;
      this.mean = mean;
      this.width = width;
      this.logMass = Math.log(mass(0, 1));
    }

    @Override
    public double draw(SplittableRandom random) {
      // At least a third of a bell around a place in the interval, not wider than it, is inside.
      while (true) {
        double place = mean + width * random.nextGaussian();
        if (place >= 0 && place <= 1) {
          return domain.position(domain.at(place));
        }
      }
    }

    @Override
    public double log(double place) {
      if (domain instanceof Whole whole) {
        int number = (Integer) whole.at(place);
        return Math.log(
                Math.max(
                    Double.MIN_NORMAL, mass(whole.unit(number - 0.5), whole.unit(number + 0.5))))
            - logMass;
      }
      double off = (place - mean) / width;
      return -0.5 * off * off - Math.log(width * SQRT_2_PI) - logMass;
    }

    private double mass(double from, double to) {
      return Normal.between((from - mean) / width, (to - mean) / width);
    }
  }

  /** A probability for each choice. */
  final class Bars implements Kernel {
    private final int choices;
    private final int own;
    private final double extra;

    Bars(int choices, int own, double extra) {
      this.choices = choices;
      this.own = own;
      this.extra = extra;
    }

    @Override
    public double draw(SplittableRandom random) {
      double all = 1 + choices * extra;
      int index = extra > 0 && random.nextDouble() * all < 1 ? own : random.nextInt(choices);
      return (index + 0.5) / choices;
    }

    @Override
    public double log(double place) {
      if (extra == 0) {
        return -Math.log(choices);
      }
      int index = (int) (place * choices);
      return Math.log((index == own ? 1 + extra : extra) / (1 + choices * extra));
    }
  }
}
