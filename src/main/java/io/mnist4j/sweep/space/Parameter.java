package io.mnist4j.sweep.space;

import java.util.Objects;
import java.util.Optional;

/**
 * One thing that is searched.
 *
 * @param key its name, which may be that of a setting: {@code training.batch-size}
 * @param domain what values it may have
 * @param when what must be for it to have any; empty where it always has
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
}
