package io.mnist4j.config;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes what {@link RecordWriter} makes of a record as YAML with a comment on each key. */
public final class YamlWriter {
  private static final int WIDTH = 100;

  /** Words of YAML 1.1 and 1.2 that are no text unless they are quoted. */
  private static final Set<String> RESERVED =
      Set.of("null", "true", "false", "yes", "no", "on", "off", "y", "n");

  private final StringBuilder out = new StringBuilder();

  private YamlWriter() {}

  /**
   * The lines of all keys.
   *
   * @param standard values that comments name where they differ
   */
  public static String write(
      KeyType.Keys keys, Map<String, Object> values, Map<String, Object> standard) {
    YamlWriter writer = new YamlWriter();
    for (ConfigKey key : keys.keys()) {
      writer.out.append('\n');
      writer.writeKey(key, values, standard, "", true);
    }
    return writer.out.toString();
  }

  private void writeKeys(
      KeyType.Keys keys, Object values, Object standard, String indent, boolean commented) {
    for (ConfigKey key : keys.keys()) {
      writeKey(key, (Map<?, ?>) values, (Map<?, ?>) standard, indent, commented);
    }
  }

  private void writeKey(
      ConfigKey key, Map<?, ?> values, Map<?, ?> standards, String indent, boolean commented) {
    if (!values.containsKey(key.name())) {
      return;
    }
    Object value = values.get(key.name());
    Object standard = standards.get(key.name());
    KeyType type = key.type().unwrapped();
    String oneLine = onOneLine(type, value);
    String line = indent + key.name() + ":" + (oneLine == null ? "" : " " + oneLine);
    if (commented) {
      writeCommented(line, indent, comment(key, value, standard));
    } else {
      out.append(line).append('\n');
    }
    if (oneLine == null) {
      writeBlock(type, value, standard, indent + "  ", commented);
    }
  }

  /** A value on lines of its own below its key. */
  private void writeBlock(
      KeyType type, Object value, Object standard, String indent, boolean commented) {
    if (type instanceof KeyType.Keys keys) {
      Object base = standard instanceof Map ? standard : standardOf(keys);
      writeKeys(keys, value, base, indent, commented);
    } else if (type instanceof KeyType.OneOf choice) {
      String name = nameOf(value);
      KeyType.Keys keys = choice.choices().get(name);
      Object base =
          Objects.equals(name, nameOf(standard)) && standard instanceof Map<?, ?> map
              ? map.get(name)
              : standardOf(keys);
      out.append(indent).append(name).append(":\n");
      writeKeys(keys, ((Map<?, ?>) value).get(name), base, indent + "  ", commented);
    } else {
      writeItems(((KeyType.ListOf) type).item(), (List<?>) value, indent, commented);
    }
  }

  /** Comments the keys of each kind of entry once, however many there are of it. */
  private void writeItems(KeyType item, List<?> values, String indent, boolean commented) {
    Set<String> explained = new HashSet<>();
    for (Object value : values) {
      String oneLine = onOneLine(item, value);
      if (oneLine != null) {
        out.append(indent).append("- ").append(oneLine).append('\n');
        continue;
      }
      boolean first = explained.add(item instanceof KeyType.OneOf ? nameOf(value) : "");
      int start = out.length();
      writeBlock(item, value, null, indent + "  ", commented && first);
      // The first line may be a comment that stands above its key; the dash goes to the key.
      int key = start;
      while (out.charAt(key + indent.length() + 2) == '#') {
        key = out.indexOf("\n", key) + 1;
      }
      out.replace(key, key + indent.length() + 2, indent + "- ");
    }
  }

  private static Object standardOf(KeyType.Keys keys) {
    return RecordWriter.toMap(keys, keys.standard());
  }

  /** The value if it stands beside its key, else null. */
  private static String onOneLine(KeyType type, Object value) {
    if (value == null) {
      return "null";
    }
    if (type instanceof KeyType.NumbersByName && value instanceof Map<?, ?> numbers) {
      return numbers.entrySet().stream()
          .map(e -> quotedIfNeeded((String) e.getKey()) + ": " + shortest((Double) e.getValue()))
          .collect(Collectors.joining(", ", "{", "}"));
    }
    if (value instanceof Map<?, ?> map) {
      return map.isEmpty() ? "{}" : null;
    }
    if (value instanceof List<?> list) {
      KeyType item = ((KeyType.ListOf) type).item();
      if (!list.isEmpty() && (item instanceof KeyType.OneOf || item instanceof KeyType.Keys)) {
        return null;
      }
      List<String> items = list.stream().map(each -> onOneLine(item, each)).toList();
      return "[" + String.join(", ", items) + "]";
    }
    return value instanceof Double number
        ? shortest(number)
        : value instanceof String text ? quotedIfNeeded(text) : value.toString();
  }

  private void writeCommented(String line, String indent, String comment) {
    if (line.length() + comment.length() + 4 <= WIDTH) {
      out.append(line).append("  # ").append(comment).append('\n');
      return;
    }
    StringBuilder above = new StringBuilder();
    for (String word : comment.split(" ", -1)) {
      if (above.isEmpty()) {
        above.append(indent).append("#");
      } else if (above.length() + 1 + word.length() > WIDTH) {
        out.append(above).append('\n');
        above.setLength(0);
        above.append(indent).append("#");
      }
      above.append(' ').append(word);
    }
    out.append(above).append('\n').append(line).append('\n');
  }

  private static String comment(ConfigKey key, Object value, Object standard) {
    List<String> parts = new ArrayList<>();
    parts.add(key.doc().value());
    KeyType type = key.type().unwrapped();
    KeyType item = type instanceof KeyType.ListOf list ? list.item() : type;
    String range = key.range();
    if (!range.isEmpty()) {
      parts.add(range);
    }
    Set<String> words =
        item instanceof KeyType.EnumType enumeration
            ? enumeration.constants().keySet()
            : item instanceof KeyType.OneOf choice ? choice.choices().keySet() : Set.of();
    if (words.size() > 1) {
      parts.add(alternatives(words));
    }
    if (key.type() instanceof KeyType.OptionalType) {
      parts.add("null for none");
    }
    String usual = key.doc().optional() ? null : inShort(type, standard);
    if (usual != null && !usual.equals(inShort(type, value))) {
      parts.add("default " + usual);
    }
    return String.join("; ", parts);
  }

  /** What a comment says of a default; null if that is more than a word. */
  private static String inShort(KeyType type, Object value) {
    return type instanceof KeyType.OneOf && value != null ? nameOf(value) : onOneLine(type, value);
  }

  /** The choice that a plain value is; null if it is none. */
  private static String nameOf(Object choice) {
    return choice instanceof Map<?, ?> map
        ? (String) map.keySet().iterator().next()
        : (String) choice;
  }

  /** {@code a, b or c}. */
  static String alternatives(Collection<String> words) {
    List<String> all = List.copyOf(words);
    int last = all.size() - 1;
    return last < 1
        ? String.join("", all)
        : String.join(", ", all.subList(0, last)) + " or " + all.get(last);
  }

  /**
   * The shortest decimal number that reads back as the same double, with a point as YAML 1.1 wants
   * it too. Double.toString is not always the shortest before JDK 19.
   */
  static String shortest(double value) {
    boolean isInteger = value == Math.rint(value) && Math.abs(value) < 1e7;
    if (isInteger || !Double.isFinite(value)) {
      return Double.toString(value);
    }
    int digits = 1;
    BigDecimal decimal = new BigDecimal(value);
    while (decimal.round(new MathContext(digits)).doubleValue() != value) {
      digits++;
    }
    BigDecimal rounded = decimal.round(new MathContext(digits)).stripTrailingZeros();
    int exponent = rounded.precision() - rounded.scale() - 1;
    if (exponent >= -4 && exponent < 7) {
      return rounded.toPlainString();
    }
    String mantissa = rounded.scaleByPowerOfTen(-exponent).toPlainString();
    return (mantissa.contains(".") ? mantissa : mantissa + ".0")
        + (exponent < 0 ? "e" : "e+")
        + exponent;
  }

  /** The text itself where every reader takes it for one; else in quotes. */
  static String quotedIfNeeded(String text) {
    boolean plain =
        text.matches("(\\.{0,2}/)?[A-Za-z][A-Za-z0-9_./-]*")
            && !RESERVED.contains(text.toLowerCase(Locale.ROOT));
    if (plain) {
      return text;
    }
    // ASCII alone, so that it survives a terminal or pipe of any encoding.
    StringBuilder quoted = new StringBuilder("\"");
    text.codePoints()
        .forEach(
            c -> {
              if (c == '"' || c == '\\') {
                quoted.append('\\').appendCodePoint(c);
              } else if (c >= ' ' && c <= '~') {
                quoted.appendCodePoint(c);
              } else {
                quoted.append(String.format(c > 0xffff ? "\\U%08x" : "\\u%04x", c));
              }
            });
    return quoted.append('"').toString();
  }
}
