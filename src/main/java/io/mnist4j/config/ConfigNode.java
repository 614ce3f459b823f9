package io.mnist4j.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A part of a configuration, and where the user wrote it. */
public sealed interface ConfigNode {

  /** Where it was written; in a mapping, where its key was. */
  SourceLocation place();

  /** Nothing, {@code null} or {@code ~}. */
  record Null(SourceLocation place) implements ConfigNode {}

  /**
   * A number, word or text.
   *
   * @param text without quotes
   * @param quoted whether it is text even if it looks like a number
   */
  record Scalar(String text, boolean quoted, SourceLocation place) implements ConfigNode {}

  /** An ordered list. */
  record Sequence(List<ConfigNode> items, SourceLocation place) implements ConfigNode {
    public Sequence {
      items = List.copyOf(items);
    }
  }

  /** Keys with their values, in the order of the file. */
  record Mapping(Map<String, ConfigNode> entries, SourceLocation place) implements ConfigNode {
    public Mapping {
      entries = new LinkedHashMap<>(entries);
    }

    /** The same with another value. */
    public Mapping with(String key, ConfigNode value) {
      Map<String, ConfigNode> changed = new LinkedHashMap<>(entries);
      changed.put(key, value);
      return new Mapping(changed, place);
    }
  }
}
