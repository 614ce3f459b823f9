package io.mnist4j.sweep.space;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One place in a space.
 *
 * @param values of the active parameters by their keys, in the space's order
 */
public record Point(Map<String, Object> values) {
  /** Takes a copy. */
  public Point {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }
}
