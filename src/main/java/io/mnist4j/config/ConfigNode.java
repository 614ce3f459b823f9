package io.mnist4j.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A part of a configuration, and where the user wrote it. */
public sealed interface ConfigNode {

  /** Where it was written; in a mapping, where its key was. */
  SourceLocation location();

  /**
   * The tree of plain values: null, numbers, truth values, texts, lists and maps.
   *
   * @param location of every part of it
   */
  static ConfigNode of(Object value, SourceLocation location) {
    if (value == null) {
      return new Null(location);
    }
    if (value instanceof ConfigNode node) {
      return node;
    }
    if (value instanceof List<?> list) {
      return new Sequence(list.stream().map(item -> of(item, location)).toList(), location);
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, ConfigNode> entries = new LinkedHashMap<>();
      map.forEach((key, child) -> entries.put((String) key, of(child, location)));
      return new Mapping(entries, location);
    }
    return new Scalar(value.toString(), value instanceof String, location);
  }

  /** Nothing, {@code null} or {@code ~}. */
  record Null(SourceLocation location) implements ConfigNode {}

  /**
   * A number, word or text.
   *
   * @param text without quotes
   * @param quoted whether it is text even if it looks like a number
   */
  record Scalar(String text, boolean quoted, SourceLocation location) implements ConfigNode {}

  /** An ordered list. */
  record Sequence(List<ConfigNode> items, SourceLocation location) implements ConfigNode {
    public Sequence {
      items = List.copyOf(items);
    }
  }

  /** Keys with their values, in the order of the file. */
  record Mapping(Map<String, ConfigNode> entries, SourceLocation location) implements ConfigNode {
    public Mapping {
      entries = new LinkedHashMap<>(entries);
    }

    /** The same with another value. */
    public Mapping with(String key, ConfigNode value) {
      Map<String, ConfigNode> changed = new LinkedHashMap<>(entries);
      changed.put(key, value);
      return new Mapping(changed, location);
    }
  }
}
