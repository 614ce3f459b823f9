package io.mnist4j.sweep;

import io.mnist4j.errors.ConfigException;
import io.mnist4j.run.Experiment;
import io.mnist4j.sweep.space.Choice;
import io.mnist4j.sweep.space.Condition;
import io.mnist4j.sweep.space.Parameter;
import io.mnist4j.sweep.space.Point;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** Tries every choice and both ends of every range, each with several values of the others. */
public final class SpaceCheck {
  private static final int POINTS_PER_VALUE = 4;
  private static final int MOST_PROBLEMS = 10;

  private final Sweep sweep;
  private final Random random = new Random(1);

  private SpaceCheck(Sweep sweep) {
    this.sweep = sweep;
  }

  /**
   * The experiments that were tried, each of them valid by itself.
   *
   * @throws ConfigException naming what is wrong, with the line of the sweep file
   */
  public static List<Experiment> experiments(Sweep sweep) throws ConfigException {
    Set<String> problems = new LinkedHashSet<>();
    List<Experiment> valid = new ArrayList<>();
    for (Point point : new SpaceCheck(sweep).points()) {
      try {
        valid.add(sweep.experiment(point));
      } catch (ConfigException e) {
        problems.addAll(e.problems());
      }
    }
    if (!problems.isEmpty()) {
      throw new ConfigException(problems.stream().limit(MOST_PROBLEMS).toList());
    }
    return valid;
  }

  private Set<Point> points() {
    Set<Point> points = new LinkedHashSet<>();
    for (Parameter parameter : sweep.space().parameters()) {
      for (Object value : values(parameter)) {
        for (int i = 0; i < POINTS_PER_VALUE; i++) {
          points.add(point(parameter.key(), value));
        }
      }
    }
    return points;
  }

  private static List<Object> values(Parameter parameter) {
    return parameter.domain() instanceof Choice choice
        ? choice.values()
        : List.of(parameter.domain().at(0), parameter.domain().at(1));
  }

  /** A point with this value; the others are random, but so that the parameter is active. */
  private Point point(String key, Object value) {
    Map<String, Object> wanted = new LinkedHashMap<>(Map.of(key, value));
    Optional<Condition> condition = when(key);
    while (condition.isPresent()) {
      List<Object> values = condition.get().values();
      wanted.put(condition.get().key(), values.get(random.nextInt(values.size())));
      condition = when(condition.get().key());
    }
    return sweep
        .space()
        .choose(
            parameter ->
                wanted.containsKey(parameter.key())
                    ? wanted.get(parameter.key())
                    : parameter.domain().at(random.nextDouble()));
  }

  private Optional<Condition> when(String key) {
    return sweep.space().parameters().stream()
        .filter(parameter -> parameter.key().equals(key))
        .findFirst()
        .flatMap(Parameter::when);
  }
}
