package io.mnist4j.sweep.space;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A list of values: words, booleans, numbers, whole structures. The search takes neighbours for
 * similar only where all are numbers in order.
 *
 * @param values at least one, each once
 */
public record Choice(List<Object> values) implements Domain {
  /**
   * @throws IllegalArgumentException if there is nothing to choose from, or a value is there twice
   *     or missing; the message is to follow the key of the parameter
   */
  public Choice {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("a list of choices needs at least one value");
    }
    Set<Object> seen = new HashSet<>();
    for (Object value : values) {
      if (value == null) {
        throw new IllegalArgumentException("a choice is empty");
      }
      if (!seen.add(value instanceof Number number ? number.doubleValue() : value)) {
        throw new IllegalArgumentException("the choice " + value + " is there twice");
      }
    }
    values = List.copyOf(values);
  }

  @Override
  public boolean contains(Object value) {
    return indexOf(value) >= 0;
  }

  @Override
  public Object at(double unit) {
    return values.get(Math.max(0, Math.min(values.size() - 1, (int) (unit * values.size()))));
  }

  @Override
  public double position(Object value) {
    int index = indexOf(value);
    if (index < 0) {
      throw new IllegalArgumentException(value + " is not one of " + values);
    }
    return (index + 0.5) / values.size();
  }

  /** From 0, or -1 where the value is none of the choices. */
  public int indexOf(Object value) {
    for (int i = 0; i < values.size(); i++) {
      if (same(values.get(i), value)) {
        return i;
      }
    }
    return -1;
  }

  /** Whether these are three or more numbers, each greater than the one before, or each smaller. */
  public boolean ordered() {
    if (values.size() < 3 || !values.stream().allMatch(Number.class::isInstance)) {
      return false;
    }
    double[] numbers = values.stream().mapToDouble(each -> ((Number) each).doubleValue()).toArray();
    boolean rising = numbers[0] < numbers[1];
    return IntStream.range(1, numbers.length)
        .allMatch(i -> rising == (numbers[i - 1] < numbers[i]));
  }

  /** A number from a file may have another type: 64.0 is 64. */
  static boolean same(Object one, Object other) {
    if (one instanceof Number first && other instanceof Number second) {
      return first.doubleValue() == second.doubleValue();
    }
    return one.equals(other);
  }
}
