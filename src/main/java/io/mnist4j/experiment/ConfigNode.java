package io.mnist4j.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A part of a configuration, and where the user wrote it. */
sealed interface ConfigNode {

  /** Where it was written, such as {@code my.yaml:3} or {@code --epochs}. */
  String origin();

  /** A number, word or text as it was written. */
  record Scalar(String text, String origin) implements ConfigNode {}

  /** An ordered list. */
  record Sequence(List<ConfigNode> items, String origin) implements ConfigNode {
    public Sequence {
      items = List.copyOf(items);
    }
  }

  /** Keys with their values, in the order of the file. */
  record Mapping(Map<String, ConfigNode> entries, String origin) implements ConfigNode {
    public Mapping {
      entries = new LinkedHashMap<>(entries);
    }
  }

  /**
   * This part with another one laid over it: mappings are joined key by key, anything else is
   * replaced.
   */
  default ConfigNode overlaidBy(ConfigNode over) {
    if (!(this instanceof Mapping below) || !(over instanceof Mapping above)) {
      return over;
    }
    Map<String, ConfigNode> joined = new LinkedHashMap<>(below.entries());
    above
        .entries()
        .forEach(
            (key, value) -> joined.merge(key, value, (lower, upper) -> lower.overlaidBy(upper)));
    return new Mapping(joined, above.origin());
  }

  /** This part with one value replaced; missing mappings on the way are made. */
  default ConfigNode with(List<String> path, ConfigNode value) {
    if (path.isEmpty()) {
      return value;
    }
    String key = path.get(0);
    List<String> rest = path.subList(1, path.size());
    if (this instanceof Sequence sequence
        && key.matches("[0-9]{1,4}")
        && Integer.parseInt(key) < sequence.items().size()) {
      List<ConfigNode> items = new ArrayList<>(sequence.items());
      items.set(Integer.parseInt(key), items.get(Integer.parseInt(key)).with(rest, value));
      return new Sequence(items, origin());
    }
    Mapping empty = new Mapping(Map.of(), value.origin());
    Map<String, ConfigNode> entries =
        new LinkedHashMap<>(this instanceof Mapping mapping ? mapping.entries() : Map.of());
    entries.put(key, entries.getOrDefault(key, empty).with(rest, value));
    return new Mapping(entries, this instanceof Mapping ? origin() : value.origin());
  }
}
