package io.mnist4j.config;

import java.lang.reflect.RecordComponent;

/**
 * A key of the experiment file: a component of a settings record.
 *
 * @param doc what users are told of it
 */
public record ConfigKey(String name, RecordComponent component, KeyType type, Key doc) {

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
