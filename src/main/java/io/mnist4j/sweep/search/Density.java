package io.mnist4j.sweep.search;

import io.mnist4j.sweep.space.Coordinates;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A mixture of kernels of the same weight: one around each point, and the wide prior. A kernel is a
 * product over the parameters; one that is inactive in its point has the prior's factor.
 */
final class Density {
  private final Coordinates coordinates;
  private final Kernel[][] kernels;

  /**
   * @param points arrays of {@link Coordinates}
   */
  Density(Coordinates coordinates, List<double[]> points) {
    this.coordinates = coordinates;
    this.kernels = new Kernel[points.size() + 1][coordinates.size()];
    for (int i = 0; i < coordinates.size(); i++) {
      int axis = i;
      double[] places = points.stream().mapToDouble(point -> point[axis]).toArray();
      Kernel[] column = Kernel.around(places, coordinates.domain(axis));
      for (int row = 0; row < column.length; row++) {
        kernels[row][axis] = column[row];
      }
    }
  }

  /** A random place with this density. */
  double[] draw(SplittableRandom random) {
    Kernel[] kernel = kernels[random.nextInt(kernels.length)];
    return coordinates.draw(axis -> kernel[axis].draw(random));
  }

  /** The logarithm of the density, up to a constant that is the same for all densities. */
  double log(double[] places) {
    Cell[] cells = new Cell[places.length];
    for (int axis = 0; axis < places.length; axis++) {
      if (!Double.isNaN(places[axis])) {
        cells[axis] = Cell.at(places[axis], coordinates.domain(axis));
      }
    }
    double[] logs = new double[kernels.length];
    double most = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < logs.length; i++) {
      for (int axis = 0; axis < cells.length; axis++) {
        if (cells[axis] != null) {
          logs[i] += kernels[i][axis].log(cells[axis]);
        }
      }
      most = Math.max(most, logs[i]);
    }
    double sum = 0;
    for (double log : logs) {
      sum += Math.exp(log - most);
    }
    return most + Math.log(sum / kernels.length);
  }
}
