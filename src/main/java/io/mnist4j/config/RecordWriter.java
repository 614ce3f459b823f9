package io.mnist4j.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns records into the keys and values that {@link RecordReader} reads. */
public final class RecordWriter {
  private RecordWriter() {}

  /** Keys to numbers, strings, lists and maps. */
  public static Map<String, Object> toMap(KeyType.Keys keys, Record source) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (ConfigKey key : keys.keys()) {
      Object value = key.valueIn(source);
      if (!key.doc().optional() || !value.equals(key.valueIn(keys.standard()))) {
        map.put(key.name(), toPlain(key.type(), value));
      }
    }
    return map;
  }

  private static Object toPlain(KeyType type, Object value) {
    if (type instanceof KeyType.OptionalType optional) {
      return ((Optional<?>) value).map(present -> toPlain(optional.value(), present)).orElse(null);
    }
    if (type instanceof KeyType.ListOf list) {
      return ((List<?>) value).stream().map(item -> toPlain(list.item(), item)).toList();
    }
    if (type instanceof KeyType.NumbersByName) {
      return ((NamedNumbers) value).plain();
    }
    if (type instanceof KeyType.EnumType) {
      return KeyType.kebabCase((Enum<?>) value);
    }
    if (type instanceof KeyType.Keys keys) {
      return toMap(keys, (Record) value);
    }
    if (type instanceof KeyType.OneOf choice) {
      for (Map.Entry<String, KeyType.Keys> entry : choice.choices().entrySet()) {
        if (entry.getValue().type() == value.getClass()) {
          return entry.getValue().keys().isEmpty()
              ? entry.getKey()
              : Map.of(entry.getKey(), toMap(entry.getValue(), (Record) value));
        }
      }
    }
    return value;
  }
}
