package io.mnist4j.config;

import io.mnist4j.text.ClosestName;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Turns configuration into records, and collects everything that is wrong on the way.
 *
 * <ul>
 *   <li>A record is a mapping; its components are the keys ({@code batchSize} is {@code
 *       batch-size}). A key that is missing has the value of the record's constant {@code DEFAULT}.
 *   <li>A sealed interface is a mapping with one key, the name of the chosen record: {@code dense:
 *       {units: 64}}; or that name alone, for its defaults.
 *   <li>A record's constructor refuses a value, or values that contradict each other, by an
 *       IllegalArgumentException whose message begins with the key.
 * </ul>
 */
public final class RecordReader {
  private static final String INTEGER = "[-+]?(0|[1-9][0-9]*)";
  private static final String DECIMAL = "[-+]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][-+]?[0-9]+)?";

  private final KeyType.Keys root;
  private final List<ConfigProblem> problems;

  /**
   * @param root the keys of the whole file
   * @param problems gets what is wrong
   */
  public RecordReader(KeyType.Keys root, List<ConfigProblem> problems) {
    this.root = root;
    this.problems = problems;
  }

  /** The record, or null if something about it is wrong. */
  public Object read(ConfigNode node) {
    return readKeys(root, node, "");
  }

  private Object read(KeyType type, ConfigNode node, String path) {
    if (type instanceof KeyType.OptionalType optional) {
      if (node instanceof ConfigNode.Null) {
        return Optional.empty();
      }
      Object value = read(optional.value(), node, path);
      return value == null ? null : Optional.of(value);
    }
    if (type instanceof KeyType.Anything) {
      return node;
    }
    if (type instanceof KeyType.ListOf list) {
      return readList(list, node, path);
    }
    if (type instanceof KeyType.Keys keys) {
      return readKeys(keys, node, path);
    }
    if (type instanceof KeyType.OneOf choice) {
      return readChoice(choice, node, path);
    }
    if (type instanceof KeyType.EnumType enumeration) {
      return readEnum(enumeration, node, path);
    }
    if (type instanceof KeyType.NumbersByName) {
      return readNumbers(node, path);
    }
    if (type instanceof KeyType.Text) {
      return node instanceof ConfigNode.Scalar scalar
          ? scalar.text()
          : mustBe("text", node, path, "");
    }
    if (type instanceof KeyType.BooleanType) {
      return node instanceof ConfigNode.Scalar scalar
              && !scalar.quoted()
              && scalar.text().matches("true|false")
          ? (Object) Boolean.valueOf(scalar.text())
          : mustBe("true or false", node, path, "");
    }
    return readNumber(type, node, path);
  }

  private Object readNumbers(ConfigNode node, String path) {
    if (node instanceof ConfigNode.Scalar word) {
      return NamedNumbers.word(word.text());
    }
    if (!(node instanceof ConfigNode.Mapping mapping)) {
      return mustBe("a word, or numbers with names, {name: 1.5}", node, path, "");
    }
    Map<String, Double> numbers = new LinkedHashMap<>();
    boolean valid = true;
    for (Map.Entry<String, ConfigNode> entry : mapping.entries().entrySet()) {
      String child = child(path, entry.getKey());
      Object number = readNumber(new KeyType.NumberType(), entry.getValue(), child);
      if (number instanceof Double value) {
        numbers.put(entry.getKey(), value);
      }
      valid = valid && number != null;
    }
    return valid ? NamedNumbers.of(numbers) : null;
  }

  private Object readNumber(KeyType type, ConfigNode node, String path) {
    boolean isInteger = type instanceof KeyType.IntType;
    String kind = isInteger ? "a whole number" : "a number";
    if (!(node instanceof ConfigNode.Scalar scalar)) {
      return mustBe(kind, node, path, "");
    }
    String text = scalar.text();
    String spelling = isInteger ? INTEGER : DECIMAL;
    if (scalar.quoted() && text.matches(spelling)) {
      return mustBe(kind, node, path, "; leave the quotes out");
    }
    if (scalar.quoted() || !text.matches(spelling)) {
      String plain = text.replace("_", "").replaceFirst("^([-+]?)0+(?=[0-9])", "$1");
      boolean meant = plain.matches(spelling) && !text.equals(plain);
      return mustBe(kind, node, path, meant ? "; write " + plain : "");
    }
    if (type instanceof KeyType.IntType range) {
      BigInteger value = new BigInteger(text);
      boolean fits = value.bitLength() < Long.SIZE;
      if (!fits || value.longValue() < range.min() || value.longValue() > range.max()) {
        return mustBe(kind + " from " + range.min() + " to " + range.max(), node, path, "");
      }
      return range.max() > Integer.MAX_VALUE
          ? (Object) value.longValue()
          : (Object) value.intValue();
    }
    double value = Double.parseDouble(text);
    return Double.isInfinite(value) ? mustBe("a number below 1.8e308", node, path, "") : value;
  }

  private Object readEnum(KeyType.EnumType enumeration, ConfigNode node, String path) {
    String text = node instanceof ConfigNode.Scalar scalar ? scalar.text() : "";
    Enum<?> constant = enumeration.constants().get(text);
    return constant != null
        ? constant
        : mustBe(
            YamlWriter.alternatives(enumeration.constants().keySet()),
            node,
            path,
            ClosestName.question(text, enumeration.constants().keySet()));
  }

  private Object readList(KeyType.ListOf list, ConfigNode node, String path) {
    if (!(node instanceof ConfigNode.Sequence sequence)) {
      return mustBe("a list", node, path, "");
    }
    List<Object> items = new ArrayList<>();
    for (int i = 0; i < sequence.items().size(); i++) {
      items.add(read(list.item(), sequence.items().get(i), path + "." + i));
    }
    return items.contains(null) ? null : items;
  }

  private Object readChoice(KeyType.OneOf choice, ConfigNode node, String path) {
    Set<String> names = choice.choices().keySet();
    String expected = YamlWriter.alternatives(names);
    if (node instanceof ConfigNode.Scalar word) {
      KeyType.Keys keys = choice.choices().get(word.text());
      return keys != null
          ? readKeys(keys, new ConfigNode.Null(node.location()), child(path, word.text()))
          : mustBe(expected, node, path, ClosestName.question(word.text(), names));
    }
    if (!(node instanceof ConfigNode.Mapping mapping)) {
      return mustBe(expected, node, path, "");
    }
    if (mapping.entries().size() != 1) {
      String given = String.join(", ", mapping.entries().keySet());
      return problem(
          node,
          path,
          "must be one of %s, with its keys indented below it, not {%s}"
              .formatted(expected, given));
    }
    String name = mapping.entries().keySet().iterator().next();
    ConfigNode inner = mapping.entries().get(name);
    KeyType.Keys keys = choice.choices().get(name);
    return keys != null
        ? readKeys(keys, inner, child(path, name))
        : problem(
            inner,
            path,
            "must be %s, not '%s'%s".formatted(expected, name, ClosestName.question(name, names)));
  }

  private Object readKeys(KeyType.Keys keys, ConfigNode node, String path) {
    Map<String, ConfigNode> entries = Map.of();
    if (node instanceof ConfigNode.Mapping mapping) {
      entries = mapping.entries();
    } else if (!(node instanceof ConfigNode.Null)) {
      String names = String.join(", ", keys.names());
      return problem(
          node, path, names.isEmpty() ? "takes no keys" : "must have keys of its own: " + names);
    }
    int problemsBefore = problems.size();
    for (Map.Entry<String, ConfigNode> entry : entries.entrySet()) {
      if (!keys.names().contains(entry.getKey())) {
        problem(
            entry.getValue(),
            child(path, entry.getKey()),
            root.isNoKey(entry.getKey(), keys.names()));
      }
    }
    Record standard = keys.standard();
    Map<String, Object> values = new LinkedHashMap<>();
    for (ConfigKey key : keys.keys()) {
      ConfigNode value = entries.get(key.name());
      Object read = value == null ? null : read(key.type(), value, child(path, key.name()));
      values.put(key.name(), read == null ? key.valueIn(standard) : read);
    }
    Record constructed = construct(keys, standard, values, node, path);
    return problems.size() == problemsBefore ? constructed : null;
  }

  /** Replaces each value that is refused by its default and goes on, to find the others too. */
  private Record construct(
      KeyType.Keys keys,
      Record standard,
      Map<String, Object> values,
      ConfigNode node,
      String path) {
    Set<String> replaced = new HashSet<>();
    while (true) {
      try {
        return keys.instance(List.copyOf(values.values()));
      } catch (IllegalArgumentException refused) {
        String name = refused.getMessage().split("[ .]", 2)[0];
        Optional<ConfigKey> key = keys.key(name);
        if (!replaced.add(name)) {
          // The default contradicts a value that was refused before, or one that will be.
          return null;
        }
        String what =
            key.isPresent()
                ? child(path, refused.getMessage())
                : (path + " " + refused.getMessage()).strip();
        problems.add(new ConfigProblem(locationOf(name, node), what));
        if (key.isEmpty()) {
          return null;
        }
        values.put(name, key.get().valueIn(standard));
      }
    }
  }

  /**
   * Where a key was written; a default that contradicts a written value has the location of the
   * last key that the user wrote beside it.
   */
  private static SourceLocation locationOf(String key, ConfigNode parent) {
    if (!(parent instanceof ConfigNode.Mapping mapping)) {
      return parent.location();
    }
    ConfigNode value = mapping.entries().get(key);
    if (value != null && value.location().rank() > 0) {
      return value.location();
    }
    SourceLocation within = value == null ? SourceLocation.DEFAULTS : latest(value);
    return within.rank() > 0 ? within : latest(mapping);
  }

  /** The location of the value that was written last, of a node and all in it. */
  private static SourceLocation latest(ConfigNode node) {
    Collection<ConfigNode> children =
        node instanceof ConfigNode.Mapping mapping
            ? mapping.entries().values()
            : node instanceof ConfigNode.Sequence list ? list.items() : List.of();
    return children.stream()
        .map(RecordReader::latest)
        .reduce(node.location(), (a, b) -> a.compareTo(b) < 0 ? b : a);
  }

  private Object mustBe(String expected, ConfigNode node, String path, String hint) {
    String found = "a list";
    if (node instanceof ConfigNode.Scalar scalar) {
      found = scalar.quoted() ? "the text \"" + scalar.text() + "\"" : "'" + scalar.text() + "'";
    } else if (node instanceof ConfigNode.Null) {
      found = "empty";
    } else if (node instanceof ConfigNode.Mapping mapping) {
      found = "keys (" + String.join(", ", mapping.entries().keySet()) + ")";
    }
    return problem(node, path, "must be %s, not %s%s".formatted(expected, found, hint));
  }

  private Object problem(ConfigNode node, String path, String what) {
    problems.add(
        new ConfigProblem(node.location(), (path.isEmpty() ? "the file" : path) + " " + what));
    return null;
  }

  private static String child(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }
}
