package io.mnist4j.sweep.search;

import io.mnist4j.sweep.space.Coordinates;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A mixture of kernels of the same weight: one around each point, and the wide prior. A kernel is a
 * product over the parameters; one that is inactive in its point has the prior's factor.
 */
final class Density {
  private final Coordinates coordinates;
  private final Kernel.KernelColumn[] axes;
  private final int kernels;

  /**
   * @param points arrays of {@link Coordinates}
   * @param narrowness as {@link Kernel#around} takes it
   */
  Density(Coordinates coordinates, List<double[]> points, double narrowness) {
    this.coordinates = coordinates;
    this.kernels = points.size() + 1;
    this.axes = new Kernel.KernelColumn[coordinates.size()];
    for (int i = 0; i < axes.length; i++) {
      int axis = i;
      double[] places = points.stream().mapToDouble(point -> point[axis]).toArray();
      axes[i] = Kernel.around(places, coordinates.domain(axis), narrowness);
    }
  }

  /** A random place with this density. */
  double[] draw(SplittableRandom random) {
    int kernel = random.nextInt(kernels);
    return coordinates.draw(axis -> axes[axis].kernel(kernel).draw(random));
  }

  /** The logarithm of the density, up to a constant that is the same for all densities. */
  double log(double[] places) {
    double[] logs = new double[kernels];
    for (int axis = 0; axis < places.length; axis++) {
      if (!Double.isNaN(places[axis])) {
        axes[axis].addLogs(Cell.at(places[axis], coordinates.domain(axis)), logs);
      }
    }
    double most = Arrays.stream(logs).max().orElseThrow();
    double sum = 0;
    for (double log : logs) {
      sum += Math.exp(log - most);
    }
    return most + Math.log(sum / kernels);
  }
}
