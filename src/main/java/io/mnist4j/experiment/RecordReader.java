package io.mnist4j.experiment;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Turns configuration into records, and collects everything that is wrong on the way.
 *
 * <ul>
 *   <li>A record is a mapping; its components are the keys ({@code batchSize} is {@code
 *       batch-size}). A key that is missing has the value of the record's constant {@code DEFAULT}.
 *   <li>A sealed interface is a mapping with one key, the name of the chosen record: {@code dense:
 *       {units: 64}}.
 *   <li>A record's constructor refuses a value by an IllegalArgumentException whose message begins
 *       with the key.
 * </ul>
 */
final class RecordReader {
  private final List<String> problems = new ArrayList<>();

  /** What was found wrong so far, one line each. */
  List<String> problems() {
    return problems;
  }

  /** The record, or null if something about it is wrong. */
  <R extends Record> R read(Class<R> type, ConfigNode node) {
    return type.cast(readRecord(type, node, ""));
  }

  private Object read(Type type, ConfigNode node, String path) {
    if (type instanceof ParameterizedType list) {
      return readList(list.getActualTypeArguments()[0], node, path);
    }
    Class<?> raw = (Class<?>) type;
    if (raw.isRecord()) {
      return readRecord(raw, node, path);
    }
    if (raw.isSealed()) {
      return readChoice(raw, node, path);
    }
    if (!(node instanceof ConfigNode.Scalar scalar)) {
      return problem(node, path, "must be " + described(raw));
    }
    return readScalar(raw, scalar, path);
  }

  private Object readScalar(Class<?> type, ConfigNode.Scalar scalar, String path) {
    String text = scalar.text();
    try {
      if (type == int.class) {
        return Integer.parseInt(text);
      }
      if (type == long.class) {
        return Long.parseLong(text);
      }
      if (type == double.class) {
        return Double.parseDouble(text);
      }
    } catch (NumberFormatException e) {
      return problem(scalar, path, "must be %s, not '%s'".formatted(described(type), text));
    }
    if (!type.isEnum()) {
      return text;
    }
    for (Object constant : type.getEnumConstants()) {
      if (kebabCase((Enum<?>) constant).equals(text)) {
        return constant;
      }
    }
    return problem(scalar, path, "must be %s, not '%s'".formatted(described(type), text));
  }

  private Object readList(Type itemType, ConfigNode node, String path) {
    if (!(node instanceof ConfigNode.Sequence sequence)) {
      return problem(node, path, "must be a list");
    }
    List<Object> items = new ArrayList<>();
    for (int i = 0; i < sequence.items().size(); i++) {
      items.add(read(itemType, sequence.items().get(i), path + "." + i));
    }
    return items.contains(null) ? null : items;
  }

  private Object readChoice(Class<?> sealedType, ConfigNode node, String path) {
    Map<String, Class<?>> choices = new LinkedHashMap<>();
    for (Class<?> choice : sealedType.getPermittedSubclasses()) {
      choices.put(kebabCase(choice.getSimpleName()), choice);
    }
    if (!(node instanceof ConfigNode.Mapping mapping) || mapping.entries().size() != 1) {
      return problem(node, path, "must be one of " + String.join(", ", choices.keySet()));
    }
    Map.Entry<String, ConfigNode> entry = mapping.entries().entrySet().iterator().next();
    Class<?> chosen = choices.get(entry.getKey());
    if (chosen == null) {
      return unknownKey(entry.getValue(), path, entry.getKey(), choices.keySet());
    }
    return readRecord(chosen, entry.getValue(), path + "." + entry.getKey());
  }

  private Object readRecord(Class<?> type, ConfigNode node, String path) {
    Map<String, ConfigNode> entries;
    if (node instanceof ConfigNode.Mapping mapping) {
      entries = mapping.entries();
    } else if (node instanceof ConfigNode.Scalar scalar && scalar.text().isEmpty()) {
      entries = Map.of();
    } else {
      return problem(node, path, "must have keys of its own: " + String.join(", ", keys(type)));
    }
    int problemsBefore = problems.size();
    for (Map.Entry<String, ConfigNode> entry : entries.entrySet()) {
      if (!keys(type).contains(entry.getKey())) {
        unknownKey(entry.getValue(), path, entry.getKey(), keys(type));
      }
    }
    Map<String, Object> values = new LinkedHashMap<>();
    for (RecordComponent component : type.getRecordComponents()) {
      String key = kebabCase(component.getName());
      ConfigNode value = entries.get(key);
      Object read =
          value == null ? null : read(component.getGenericType(), value, child(path, key));
      values.put(key, read == null ? defaultOf(type, key) : read);
    }
    Object constructed = construct(type, values, entries, path);
    return problems.size() == problemsBefore ? constructed : null;
  }

  /** Replaces each value that is refused by its default and goes on, to find the others too. */
  private Object construct(
      Class<?> type, Map<String, Object> values, Map<String, ConfigNode> given, String path) {
    Map<String, ConfigNode> entries = new LinkedHashMap<>(given);
    Class<?>[] types =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    while (true) {
      try {
        return type.getDeclaredConstructor(types).newInstance(values.values().toArray());
      } catch (InvocationTargetException e) {
        if (!(e.getCause() instanceof IllegalArgumentException refused)) {
          throw new IllegalStateException(type + " failed on " + values, e.getCause());
        }
        String key = refused.getMessage().split(" ", 2)[0];
        if (!entries.containsKey(key)) {
          throw new IllegalStateException(type + " names no key of the file", refused);
        }
        problems.add(entries.get(key).origin() + ": " + child(path, refused.getMessage()));
        values.put(key, defaultOf(type, key));
        entries.remove(key);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(type + " has no usable constructor", e);
      }
    }
  }

  private static Object defaultOf(Class<?> type, String key) {
    try {
      Object standard = type.getField("DEFAULT").get(null);
      for (RecordComponent component : type.getRecordComponents()) {
        if (kebabCase(component.getName()).equals(key)) {
          return component.getAccessor().invoke(standard);
        }
      }
      throw new IllegalStateException(type + " has no component " + key);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type + " has no usable DEFAULT", e);
    }
  }

  private Object unknownKey(ConfigNode value, String path, String key, Iterable<String> knownKeys) {
    return problem(
        value,
        child(path, key),
        "is not a key; did you mean %s? (known: %s)"
            .formatted(ClosestWord.to(key, knownKeys), String.join(", ", knownKeys)));
  }

  private Object problem(ConfigNode node, String path, String what) {
    problems.add(node.origin() + ": " + (path.isEmpty() ? "the file" : path) + " " + what);
    return null;
  }

  private static String child(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  private static List<String> keys(Class<?> type) {
    return Arrays.stream(type.getRecordComponents())
        .map(component -> kebabCase(component.getName()))
        .toList();
  }

  private static String described(Class<?> type) {
    if (type == int.class || type == long.class) {
      return "a whole number";
    }
    if (type == double.class) {
      return "a number";
    }
    if (type.isEnum()) {
      return Arrays.stream(type.getEnumConstants())
          .map(constant -> kebabCase((Enum<?>) constant))
          .collect(Collectors.joining(" or "));
    }
    return "a single value";
  }

  /** {@code batchSize} and {@code BatchSize} become {@code batch-size}. */
  static String kebabCase(String camelCase) {
    return camelCase.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
  }

  /** {@code ONE_CYCLE} becomes {@code one-cycle}. */
  static String kebabCase(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
