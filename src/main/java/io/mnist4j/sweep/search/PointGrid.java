package io.mnist4j.sweep.search;

import io.mnist4j.sweep.space.Choice;
import io.mnist4j.sweep.space.Domain;
import io.mnist4j.sweep.space.FloatDomain;
import io.mnist4j.sweep.space.IntDomain;
import io.mnist4j.sweep.space.Parameter;
import io.mnist4j.sweep.space.Point;
import io.mnist4j.sweep.space.SearchSpace;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The combinations of some values of each parameter, in the order of nested loops, the last
 * parameter fastest. A parameter whose condition is not met adds nothing.
 */
final class PointGrid {
  /** A space of more points is taken for endless. */
  private static final int MOST = 10_000;

  private final List<Parameter> parameters;
  private final List<List<Object>> values;

  /**
   * @param values of a domain, at least one
   */
  PointGrid(SearchSpace space, Function<Domain, List<Object>> values) {
    this.parameters = space.parameters();
    this.values = parameters.stream().map(each -> values.apply(each.domain())).toList();
  }

  /** All points of a space; empty where it has too many to be gone through. */
  static Optional<PointGrid> all(SearchSpace space) {
    boolean finite =
        space.parameters().stream()
            .map(Parameter::domain)
            .allMatch(
                domain ->
                    domain instanceof Choice
                        || (domain instanceof FloatDomain range && range.low() == range.high())
                        || (domain instanceof IntDomain whole
                            && (long) whole.high() - whole.low() < MOST));
    return finite
        ? Optional.of(new PointGrid(space, domain -> GridSampler.values(domain, MOST)))
            .filter(grid -> grid.size() <= MOST)
        : Optional.empty();
  }

  /** How many points there are, from 1; {@link Long#MAX_VALUE} where there are even more. */
  long size() {
    return count(0, new LinkedHashMap<>());
  }

  /**
   * One of the points.
   *
   * @param index from 0, below {@link #size()}
   */
  Point at(long index) {
    Map<String, Object> point = new LinkedHashMap<>();
    long rest = index;
    for (int i = 0; i < parameters.size(); i++) {
      if (!parameters.get(i).isActive(point)) {
        continue;
      }
      for (Object value : values.get(i)) {
        point.put(parameters.get(i).key(), value);
        long below = count(i + 1, point);
        if (rest < below) {
          break;
        }
        rest -= below;
      }
    }
    return new Point(point);
  }

  /** Points that begin with these values of the parameters before the one at from. */
  private long count(int from, Map<String, Object> before) {
    if (from == parameters.size()) {
      return 1;
    }
    Parameter parameter = parameters.get(from);
    if (!parameter.isActive(before)) {
      return count(from + 1, before);
    }
    Map<String, Object> longer = new LinkedHashMap<>(before);
    // Where no other parameter depends on it, each value has as many points as the first.
    boolean decides = parameters.stream().anyMatch(each -> each.dependsOn(parameter.key()));
    List<Object> counted = decides ? values.get(from) : values.get(from).subList(0, 1);
    long sum = 0;
    for (Object value : counted) {
      longer.put(parameter.key(), value);
      long part = count(from + 1, longer);
      sum = sum > Long.MAX_VALUE - part ? Long.MAX_VALUE : sum + part;
    }
    int times = values.get(from).size() / counted.size();
    return sum > Long.MAX_VALUE / times ? Long.MAX_VALUE : sum * times;
  }
}
