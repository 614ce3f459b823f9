package io.mnist4j.sweep.space;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;

/** Points as arrays: a place on the unit interval for each parameter, NaN where it is inactive. */
public final class Coordinates {
  private final List<Parameter> parameters;

  public Coordinates(SearchSpace space) {
    this.parameters = space.parameters();
  }

  public int size() {
    return parameters.size();
  }

  public Domain domain(int axis) {
    return parameters.get(axis).domain();
  }

  /**
   * A point whose active parameters are drawn, each moved to its nearest value.
   *
   * @param draw gives a place from 0 to 1 on an axis
   */
  public double[] draw(IntToDoubleFunction draw) {
    double[] places = new double[size()];
    Arrays.fill(places, Double.NaN);
    Map<String, Object> before = new LinkedHashMap<>();
    for (int axis = 0; axis < places.length; axis++) {
      Parameter parameter = parameters.get(axis);
      if (parameter.isActive(before)) {
        Object value = parameter.domain().at(draw.applyAsDouble(axis));
        before.put(parameter.key(), value);
        places[axis] = parameter.domain().position(value);
      }
    }
    return places;
  }

  /** A random point, uniform over the space. */
  public double[] anywhere(SplittableRandom random) {
    return draw(axis -> random.nextDouble());
  }

  public double[] of(Point point) {
    double[] places = new double[size()];
    for (int axis = 0; axis < places.length; axis++) {
      Object value = point.values().get(parameters.get(axis).key());
      places[axis] = value == null ? Double.NaN : domain(axis).position(value);
    }
    return places;
  }

  public Point point(double[] places) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (int axis = 0; axis < places.length; axis++) {
      if (!Double.isNaN(places[axis])) {
        values.put(parameters.get(axis).key(), domain(axis).at(places[axis]));
      }
    }
    return new Point(values);
  }
}
