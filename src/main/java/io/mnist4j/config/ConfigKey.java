package io.mnist4j.config;

import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.stream.Stream;

/**
 * A key of the experiment file: a component of a settings record.
 *
 * @param doc what users are told of it
 */
public record ConfigKey(String name, RecordComponent component, KeyType type, Key doc) {
  private static final ClassValue<List<ConfigKey>> NUMBERS =
      new ClassValue<>() {
        @Override
        protected List<ConfigKey> computeValue(Class<?> type) {
          return Stream.of(type.getRecordComponents())
              .filter(c -> c.getType().isPrimitive() && c.getType() != boolean.class)
              .map(ConfigKey::of)
              .toList();
        }
      };

  static ConfigKey of(RecordComponent component) {
    Key doc = component.getAnnotation(Key.class);
    if (doc == null) {
      throw new IllegalStateException(
          component.getDeclaringRecord().getName() + "." + component.getName() + " lacks a @Key");
    }
    return new ConfigKey(
        KeyType.kebabCase(component.getName()),
        component,
        KeyType.of(component.getGenericType()),
        doc);
  }

  /** The value of the component. */
  public Object valueIn(Record source) {
    try {
      return component.getAccessor().invoke(source);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot read " + component, e);
    }
  }

  /**
   * Refuses numbers that are out of the ranges of their keys; for the constructor of a record.
   *
   * @param type the record
   * @param numbers all components that are numbers, in their order
   * @throws IllegalArgumentException if one is out of range; the message begins with its key
   */
  public static void requireInRange(Class<? extends Record> type, Number... numbers) {
    List<ConfigKey> keys = NUMBERS.get(type);
    for (int i = 0; i < keys.size(); i++) {
      keys.get(i).requireInRange(numbers[i]);
    }
  }

  private void requireInRange(Number number) {
    double value = number.doubleValue();
    // Written so that NaN is refused too.
    boolean inside =
        (doc.aboveMin() ? value > doc.min() : value >= doc.min())
            && (doc.belowMax() ? value < doc.max() : value <= doc.max())
            && Math.abs(value) < Double.POSITIVE_INFINITY;
    if (!inside) {
      throw new IllegalArgumentException("%s must be %s, not %s".formatted(name, range(), number));
    }
  }

  /** The range in words, such as {@code above 0 and at most 100}; empty where there is none. */
  String range() {
    boolean hasMin = doc.min() > Double.NEGATIVE_INFINITY;
    boolean hasMax = doc.max() < Double.POSITIVE_INFINITY;
    String min = hasMin ? bound(doc.min()) : "";
    String max = hasMax ? bound(doc.max()) : "";
    if (hasMin && hasMax && !doc.aboveMin() && !doc.belowMax()) {
      return min + " to " + max;
    }
    String above = hasMin ? (doc.aboveMin() ? "above " : "at least ") + min : "";
    String below = hasMax ? (doc.belowMax() ? "below " : "at most ") + max : "";
    return above + (hasMin && hasMax ? " and " : "") + below;
  }

  private static String bound(double value) {
    return YamlWriter.shortest(value).replaceFirst("\\.0$", "");
  }
}
