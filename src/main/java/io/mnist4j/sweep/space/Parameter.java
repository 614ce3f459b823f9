package io.mnist4j.sweep.space;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * One dimension of a search.
 *
 * @param key its name, which may be that of a setting: {@code training.batch-size}
 * @param domain the values that it may have
 * @param when the condition under which it has a value; empty where it always has one
 */
public record Parameter(String key, Domain domain, Optional<Condition> when) {
  /** Checks for missing parts only. */
  public Parameter {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(domain, "domain");
    Objects.requireNonNull(when, "when");
  }

  /** A parameter without condition. */
  public Parameter(String key, Domain domain) {
    this(key, domain, Optional.empty());
  }

  /** Whether it has a value in a point with these values of the parameters before it. */
  public boolean isActive(Map<String, Object> values) {
    if (when.isEmpty()) {
      return true;
    }
    Object other = values.get(when.get().key());
    return other != null
        && when.get().values().stream().anyMatch(value -> Choice.same(value, other));
  }

  /** Whether it has a condition on the parameter of that key. */
  public boolean dependsOn(String other) {
    return when.isPresent() && when.get().key().equals(other);
  }
}
