package io.mnist4j.experiment;

import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Turns records into the keys and values that {@link RecordReader} reads. */
final class RecordWriter {
  private RecordWriter() {}

  /** Keys to numbers, strings, lists and maps. */
  static Map<String, Object> toMap(Record source) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (RecordComponent component : source.getClass().getRecordComponents()) {
      try {
        Object value = component.getAccessor().invoke(source);
        map.put(RecordReader.kebabCase(component.getName()), toPlain(value, component.getType()));
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("cannot read " + component, e);
      }
    }
    return map;
  }

  private static Object toPlain(Object value, Class<?> declared) {
    if (value instanceof List<?> list) {
      return list.stream().map(item -> toPlain(item, Object.class)).toList();
    }
    if (value instanceof Enum<?> constant) {
      return RecordReader.kebabCase(constant);
    }
    if (!(value instanceof Record nested)) {
      return value;
    }
    Map<String, Object> map = toMap(nested);
    // A component that is not declared as this record is one of several choices: it needs its name.
    return declared == value.getClass()
        ? map
        : Map.of(RecordReader.kebabCase(value.getClass().getSimpleName()), map);
  }
}
