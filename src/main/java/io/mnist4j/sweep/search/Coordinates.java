package io.mnist4j.sweep.search;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Points as arrays: one place on the unit interval for each parameter, NaN where inactive. */
final class Coordinates {
  private final List<Parameter> parameters;

  Coordinates(SearchSpace space) {
    this.parameters = space.parameters();
  }

  int size() {
    return parameters.size();
  }

  Domain domain(int axis) {
    return parameters.get(axis).domain();
  }

  /** Whether a parameter is active, by the values before it. */
  boolean active(int axis, double[] places) {
    Parameter parameter = parameters.get(axis);
    if (parameter.when().isEmpty()) {
      return true;
    }
    Condition condition = parameter.when().get();
    for (int i = 0; i < axis; i++) {
      if (parameters.get(i).key().equals(condition.key())) {
        return !Double.isNaN(places[i])
            && new Choice(condition.values()).contains(domain(i).at(places[i]));
      }
    }
    return false;
  }

  double[] of(Point point) {
    double[] places = new double[size()];
    for (int i = 0; i < places.length; i++) {
      Object value = point.values().get(parameters.get(i).key());
      places[i] = value == null ? Double.NaN : domain(i).position(value);
    }
    return places;
  }

  Point point(double[] places) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (int i = 0; i < places.length; i++) {
      if (!Double.isNaN(places[i])) {
        values.put(parameters.get(i).key(), domain(i).at(places[i]));
      }
    }
    return new Point(values);
  }
}
