package io.mnist4j.sweep.space;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is searched. A parameter may depend on those before it, so that a point is made from the
 * first to the last.
 *
 * @param parameters at least one
 */
public record SearchSpace(List<Parameter> parameters) {
  /**
   * @throws IllegalArgumentException if there is no parameter, one is there twice, or one depends
   *     on what is not before it or can never be; the message begins with the parameter's key
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

  /** Whether the parameter has a value in a point with these values of the parameters before it. */
  public static boolean active(Parameter parameter, Map<String, Object> values) {
    if (parameter.when().isEmpty()) {
      return true;
    }
    Condition condition = parameter.when().get();
    Object other = values.get(condition.key());
    return other != null
        && condition.values().stream().anyMatch(value -> Choice.same(value, other));
  }

  /**
   * The point with these values, which may come from a file or from another program: in this
   * space's order, and with the domains' own types of numbers.
   *
   * @throws IllegalArgumentException if a value is missing, not in its domain, or not asked for;
   *     the message begins with the parameter's key
   */
  public Point point(Map<String, ?> values) {
    Map<String, Object> rest = new HashMap<>(values);
    Map<String, Object> point = new LinkedHashMap<>();
    for (Parameter parameter : parameters) {
      if (!active(parameter, point)) {
        continue;
      }
      Object value = rest.remove(parameter.key());
      if (value == null) {
        throw new IllegalArgumentException(parameter.key() + " has no value");
      }
      point.put(parameter.key(), ownType(parameter, value));
    }
    if (!rest.isEmpty()) {
      String key = rest.keySet().stream().sorted().findFirst().orElseThrow();
      boolean known = parameters.stream().anyMatch(parameter -> parameter.key().equals(key));
      throw new IllegalArgumentException(
          key
              + (known
                  ? " has a value, but the condition for it is not met"
                  : " is not a parameter of the search"));
    }
    return new Point(point);
  }

  private static Object ownType(Parameter parameter, Object value) {
    Domain domain = parameter.domain();
    try {
      domain.position(value);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(parameter.key() + ": " + e.getMessage(), e);
    }
    if (domain instanceof Choice choice) {
      return choice.values().get(choice.indexOf(value));
    }
    Number number = (Number) value;
    if (domain instanceof IntDomain) {
      return number.intValue();
    }
    return number.doubleValue();
  }

  private static void checkCondition(
      Parameter parameter,
      Condition condition,
      Map<String, Domain> before,
      List<Parameter> parameters) {
    Domain other = before.get(condition.key());
    if (other == null) {
      boolean later = parameters.stream().anyMatch(each -> each.key().equals(condition.key()));
      throw new IllegalArgumentException(
          parameter.key()
              + " depends on "
              + condition.key()
              + (later ? ", which must come before it" : ", which is not searched"));
    }
    if (other instanceof FloatDomain) {
      throw new IllegalArgumentException(
          parameter.key()
              + " depends on single values of "
              + condition.key()
              + ", which takes any number of a range");
    }
    for (Object value : condition.values()) {
      if (!other.contains(value)) {
        throw new IllegalArgumentException(
            parameter.key()
                + " depends on "
                + condition.key()
                + " being "
                + value
                + ", which it never is");
      }
    }
  }
}
