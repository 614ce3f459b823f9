package io.mnist4j.sweep.space;

import java.util.List;
import java.util.Objects;

/**
 * When a parameter has a value: while another parameter is active and has one of these values.
 *
 * @param key of the other parameter, which comes before in the space
 * @param values at least one
 */
public record Condition(String key, List<Object> values) {
  /**
   * @throws IllegalArgumentException if there is no value; the message is to follow the key of the
   *     parameter
   */
  public Condition {
    Objects.requireNonNull(key, "key");
    if (values.isEmpty()) {
      throw new IllegalArgumentException("a condition on " + key + " needs at least one value");
    }
    if (values.stream().anyMatch(Objects::isNull)) {
      throw new IllegalArgumentException("a condition on " + key + " has an empty value");
    }
    values = List.copyOf(values);
  }
}
