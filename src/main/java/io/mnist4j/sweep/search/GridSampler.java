package io.mnist4j.sweep.search;

import io.mnist4j.config.Key;
import io.mnist4j.sweep.space.Choice;
import io.mnist4j.sweep.space.Domain;
import io.mnist4j.sweep.space.IntDomain;
import io.mnist4j.sweep.space.Parameter;
import io.mnist4j.sweep.space.Point;
import io.mnist4j.sweep.space.SearchSpace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Every combination of values, as nested loops would go through them, the last parameter fastest.
 * Of a range it takes evenly spaced values with both ends; of a list, every value. A parameter
 * whose condition is not met adds nothing. The history and the seed play no part.
 *
 * @param steps values to take of each range, 1 to 1,000; a range with fewer whole numbers has them
 *     all, and 1 is its middle
 */
public record GridSampler(
    @Key(value = "values that are taken of each range", min = 1, max = 1000) int steps)
    implements Sampler {
  /** Five values of each range. */
  public static final GridSampler DEFAULT = new GridSampler(5);

  /**
   * @throws IllegalArgumentException if a value is out of range; the message begins with its key
   */
  public GridSampler {
    if (steps < 1 || steps > 1000) {
      throw new IllegalArgumentException("steps must be 1 to 1000, not " + steps);
    }
  }

  /** How many points there are, from 1; {@link Long#MAX_VALUE} where there are even more. */
  public long size(SearchSpace space) {
    return count(space.parameters(), 0, new LinkedHashMap<>());
  }

  @Override
  public Optional<Point> sample(
      SearchSpace space, List<Observation> history, long seed, int trial) {
    List<Parameter> parameters = space.parameters();
    if (trial >= size(space)) {
      return Optional.empty();
    }
    Map<String, Object> point = new LinkedHashMap<>();
    long rest = trial;
    for (int i = 0; i < parameters.size(); i++) {
      Parameter parameter = parameters.get(i);
      if (!SearchSpace.active(parameter, point)) {
        continue;
      }
      for (Object value : values(parameter.domain())) {
        point.put(parameter.key(), value);
        long below = count(parameters, i + 1, point);
        if (rest < below) {
          break;
        }
        rest -= below;
      }
    }
    return Optional.of(new Point(point));
  }

  /** Points that begin with these values of the parameters before the one at from. */
  private long count(List<Parameter> parameters, int from, Map<String, Object> values) {
    if (from == parameters.size()) {
      return 1;
    }
    Parameter parameter = parameters.get(from);
    if (!SearchSpace.active(parameter, values)) {
      return count(parameters, from + 1, values);
    }
    List<Object> own = values(parameter.domain());
    Map<String, Object> longer = new LinkedHashMap<>(values);
    longer.put(parameter.key(), own.get(0));
    if (!decides(parameter, parameters)) {
      return product(own.size(), count(parameters, from + 1, longer));
    }
    long sum = 0;
    for (Object value : own) {
      longer.put(parameter.key(), value);
      long part = count(parameters, from + 1, longer);
      sum = sum > Long.MAX_VALUE - part ? Long.MAX_VALUE : sum + part;
    }
    return sum;
  }

  private static boolean decides(Parameter parameter, List<Parameter> parameters) {
    return parameters.stream()
        .anyMatch(
            each -> each.when().filter(when -> when.key().equals(parameter.key())).isPresent());
  }

  private static long product(long one, long other) {
    return one > Long.MAX_VALUE / other ? Long.MAX_VALUE : one * other;
  }

  private List<Object> values(Domain domain) {
    if (domain instanceof Choice choice) {
      return choice.values();
    }
    if (domain instanceof IntDomain whole && (long) whole.high() - whole.low() < steps) {
      List<Object> all = new ArrayList<>();
      for (int value = whole.low(); value < whole.high(); value++) {
        all.add(value);
      }
      all.add(whole.high());
      return all;
    }
    Set<Object> values = new LinkedHashSet<>();
    for (int i = 0; i < steps; i++) {
      values.add(domain.at(steps == 1 ? 0.5 : (double) i / (steps - 1)));
    }
    return List.copyOf(values);
  }
}
