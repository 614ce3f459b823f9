package io.mnist4j.sweep;

import io.mnist4j.sweep.space.Parameter;
import io.mnist4j.sweep.space.Point;
import io.mnist4j.sweep.space.SearchSpace;
import io.mnist4j.text.Json;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A space's keys, as short as they can be without being taken for one another. */
public final class ShortNames {
  private static final int DIGITS = 4;
  private final Map<String, String> names = new LinkedHashMap<>();

  public ShortNames(SearchSpace space) {
    List<String> keys = space.parameters().stream().map(Parameter::key).toList();
    for (String key : keys) {
      names.put(key, shortest(key, keys));
    }
  }

  private static String shortest(String key, List<String> keys) {
    String[] parts = key.split("\\.", -1);
    String name = "";
    for (int i = parts.length - 1; i >= 0; i--) {
      name = name.isEmpty() ? parts[i] : parts[i] + "." + name;
      String suffix = "." + name;
      boolean saysLittle = parts[i].matches("[0-9]+") || name.equals("name");
      if (!saysLittle
          && keys.stream().filter(other -> ("." + other).endsWith(suffix)).count() == 1) {
        return name;
      }
    }
    return key;
  }

  /** The short name of a key. */
  public String of(String key) {
    return names.get(key);
  }

  /** Characters of the longest one. */
  public int longest() {
    return names.values().stream().mapToInt(String::length).max().orElse(0);
  }

  /** {@code learning-rate 0.003142, batch-size 64}. */
  public String text(Point point) {
    return String.join(
        ", ",
        point.values().entrySet().stream()
            .map(entry -> of(entry.getKey()) + " " + text(entry.getValue()))
            .toList());
  }

  /** A value as a person reads it. */
  public static String text(Object value) {
    if (value instanceof Double number && Double.isFinite(number)) {
      String plain =
          new BigDecimal(number)
              .round(new MathContext(DIGITS))
              .stripTrailingZeros()
              .toPlainString();
      return plain.length() <= 9 ? plain : String.valueOf(Float.parseFloat(plain));
    }
    return value instanceof String text ? text : Json.line(value);
  }
}
