package io.mnist4j.config;

import java.util.Collection;
import java.util.Map;

/**
 * Maps, lists and plain values as YAML that readers of version 1.1 and 1.2 understand alike: every
 * text that one of them might take for something else is quoted.
 */
public final class YamlDocument {
  private final StringBuilder out = new StringBuilder();

  private YamlDocument() {}

  /**
   * The lines of a map, in its order.
   *
   * @param document keys that are texts, and values that are maps of the same kind, lists, texts,
   *     numbers and booleans
   */
  public static String of(Map<String, ?> document) {
    YamlDocument yaml = new YamlDocument();
    yaml.writeMap(document, "", "");
    return yaml.out.toString();
  }

  /**
   * @param first what stands before the first key, in place of the indent
   */
  private void writeMap(Map<?, ?> map, String first, String indent) {
    String before = first;
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      out.append(before).append(YamlWriter.quotedIfNeeded((String) entry.getKey())).append(':');
      writeValue(entry.getValue(), indent);
      before = indent;
    }
  }

  private void writeValue(Object value, String indent) {
    if (value instanceof Map<?, ?> map && !map.isEmpty()) {
      out.append('\n');
      writeMap(map, indent + "  ", indent + "  ");
    } else if (value instanceof Collection<?> list && !list.isEmpty()) {
      out.append('\n');
      list.forEach(item -> writeItem(item, indent));
    } else {
      out.append(' ').append(plain(value)).append('\n');
    }
  }

  private void writeItem(Object item, String indent) {
    if (item instanceof Map<?, ?> map && !map.isEmpty()) {
      writeMap(map, indent + "- ", indent + "  ");
    } else {
      out.append(indent).append("- ").append(plain(item)).append('\n');
    }
  }

  private static String plain(Object value) {
    if (value instanceof Map || value instanceof Collection) {
      return value instanceof Map ? "{}" : "[]";
    }
    if (value instanceof Double number) {
      return YamlWriter.shortest(number);
    }
    return value instanceof String text ? YamlWriter.quotedIfNeeded(text) : value.toString();
  }
}
