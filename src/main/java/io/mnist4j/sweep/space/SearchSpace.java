package io.mnist4j.sweep.space;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What is searched. A parameter may depend on those before it, so a point is built from the first
 * parameter to the last.
 *
 * @param parameters at least one
 */
public record SearchSpace(List<Parameter> parameters) {
  /**
   * @throws IllegalArgumentException if there is no parameter, one is there twice, or one depends
   *     on another that is not before it or never has the value; the message begins with the
   *     parameter's key
   */
  public SearchSpace {
    if (parameters.isEmpty()) {
      throw new IllegalArgumentException("a search needs at least one parameter");
    }
    parameters = List.copyOf(parameters);
    Map<String, Domain> before = new HashMap<>();
    for (Parameter parameter : parameters) {
      if (parameter.when().isPresent()) {
        checkCondition(parameter, parameter.when().get(), before, parameters);
      }
      if (before.put(parameter.key(), parameter.domain()) != null) {
        throw new IllegalArgumentException(parameter.key() + " is searched twice");
      }
    }
  }

  /** The point whose active parameters have the chosen values. */
  public Point choose(Function<Parameter, Object> choice) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (Parameter parameter : parameters) {
      if (parameter.isActive(values)) {
        values.put(parameter.key(), choice.apply(parameter));
      }
    }
    return new Point(values);
  }

  /**
   * The point with these values, which may come from a file or from another program: in this
   * space's order, and with the domains' own types of numbers.
   *
   * @throws IllegalArgumentException if a value is missing, not in its domain, or superfluous; the
   *     message begins with the parameter's key
   */
  public Point point(Map<String, ?> values) {
    Map<String, Object> rest = new HashMap<>(values);
    Point point = choose(parameter -> ownType(parameter, rest.remove(parameter.key())));
    if (!rest.isEmpty()) {
      String key = rest.keySet().stream().sorted().findFirst().orElseThrow();
      throw new IllegalArgumentException(
          key
              + (contains(parameters, key)
                  ? " has a value, but the condition for it is not met"
                  : " is not a parameter of the search"));
    }
    return point;
  }

  private static Object ownType(Parameter parameter, Object value) {
    if (value == null) {
      throw new IllegalArgumentException(parameter.key() + " has no value");
    }
    try {
      parameter.domain().position(value);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(parameter.key() + ": " + e.getMessage(), e);
    }
    if (parameter.domain() instanceof Choice choice) {
      return choice.values().get(choice.indexOf(value));
    }
    Number number = (Number) value;
    return parameter.domain() instanceof IntDomain
        ? (Object) number.intValue()
        : (Object) number.doubleValue();
  }

  private static boolean contains(List<Parameter> parameters, String key) {
    return parameters.stream().anyMatch(parameter -> parameter.key().equals(key));
  }

  private static void checkCondition(
      Parameter parameter,
      Condition condition,
      Map<String, Domain> before,
      List<Parameter> parameters) {
    String key = condition.key();
    Domain other = before.get(key);
    Optional<String> problem;
    if (other == null) {
      problem =
          Optional.of(
              key
                  + (contains(parameters, key)
                      ? ", which must come before it"
                      : ", which is not searched"));
    } else if (other instanceof FloatDomain) {
      problem = Optional.of("single values of " + key + ", which takes any number of a range");
    } else {
      problem =
          condition.values().stream()
              .filter(value -> !other.contains(value))
              .findFirst()
              .map(value -> key + " being " + value + ", which it never is");
    }
    if (problem.isPresent()) {
      throw new IllegalArgumentException(parameter.key() + " depends on " + problem.get());
    }
  }
}
