package io.mnist4j.sweep.space;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;

/** Points as arrays: a place on the unit interval for each parameter, NaN where it is inactive. */
public final class Coordinates {
  private final SearchSpace space;
  private final List<Parameter> parameters;

  public Coordinates(SearchSpace space) {
    this.space = space;
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
    return of(space.choose(each -> each.domain().at(draw.applyAsDouble(parameters.indexOf(each)))));
  }

  /** A random point, uniform over the space. */
  public double[] anywhere(SplittableRandom random) {
    return draw(axis -> random.nextDouble());
  }

  public double[] of(Point point) {
    return parameters.stream()
        .mapToDouble(
            each -> {
              Object value = point.values().get(each.key());
              return value == null ? Double.NaN : each.domain().position(value);
            })
        .toArray();
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
