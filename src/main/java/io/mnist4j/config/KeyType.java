package io.mnist4j.config;

import io.mnist4j.text.ClosestName;
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
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a key of the experiment file takes, found in the type of the record's component. The file's
 * reader, writer and schema are made from it, so none of them names a single setting.
 */
public sealed interface KeyType {

  /** A whole number, {@code int} or {@code long}. */
  record IntType(long min, long max) implements KeyType {}

  /** A finite number. */
  record NumberType() implements KeyType {}

  /** {@code true} or {@code false}. */
  record BooleanType() implements KeyType {}

  /** A text. */
  record Text() implements KeyType {}

  /** A word, or a number for each of some names: {@link NamedNumbers}. */
  record NumbersByName() implements KeyType {}

  /** Any value of the file, not read further: a {@link ConfigNode}. */
  record Anything() implements KeyType {}

  /**
   * One of several words: an enum, whose {@code ONE_CYCLE} is {@code one-cycle}.
   *
   * @param constants by the words that name them
   */
  record EnumType(Map<String, Enum<?>> constants) implements KeyType {}

  /** An ordered list. */
  record ListOf(KeyType item) implements KeyType {}

  /** A value or {@code null}: an {@link Optional}. */
  record OptionalType(KeyType value) implements KeyType {}

  /** Keys with values of their own: a record. */
  record Keys(Class<? extends Record> type, List<ConfigKey> keys) implements KeyType {
    public static Keys of(Class<? extends Record> type) {
      List<ConfigKey> keys = new ArrayList<>();
      for (RecordComponent component : type.getRecordComponents()) {
        keys.add(ConfigKey.of(component));
      }
      return new Keys(type, keys);
    }

    Optional<ConfigKey> key(String name) {
      return keys.stream().filter(key -> key.name().equals(name)).findFirst();
    }

    List<String> names() {
      return keys.stream().map(ConfigKey::name).toList();
    }

    /**
     * Says that a name is no key, and which is meant: one beside it, else one of that name below
     * these keys.
     *
     * @param beside the keys that stand where the name was written
     */
    String isNoKey(String name, List<String> beside) {
      Optional<String> meant = ClosestName.to(name, beside);
      if (meant.isEmpty()) {
        List<String> elsewhere = paths(name).toList();
        meant = elsewhere.size() == 1 ? Optional.of(elsewhere.get(0)) : Optional.empty();
      }
      String known =
          beside.isEmpty() ? "; there is none here" : "; known are " + String.join(", ", beside);
      return "is not a key" + meant.map(word -> "; did you mean " + word + "?").orElse(known);
    }

    /** Where keys of a name stand, choices and lists left out. */
    private Stream<String> paths(String name) {
      return keys.stream()
          .flatMap(
              key -> {
                Stream<String> here = key.name().equals(name) ? Stream.of(name) : Stream.empty();
                return key.type().unwrapped() instanceof Keys below
                    ? Stream.concat(here, below.paths(name).map(path -> key.name() + "." + path))
                    : here;
              });
    }

    /** Paths below these keys, each with {@code =}, and with each value where there are some. */
    public Stream<String> words(String prefix) {
      return keys.stream().flatMap(key -> words(prefix + key.name(), key.type().unwrapped()));
    }

    private static Stream<String> words(String path, KeyType type) {
      if (type instanceof Keys below) {
        return below.words(path + ".");
      }
      if (type instanceof OneOf choice) {
        return Stream.concat(
            choice.choices().keySet().stream().map(name -> path + ".name=" + name),
            choice.choices().values().stream().flatMap(below -> below.words(path + ".")));
      }
      if (type instanceof EnumType enumeration) {
        return enumeration.constants().keySet().stream().map(name -> path + "=" + name);
      }
      if (type instanceof BooleanType) {
        return Stream.of(path + "=true", path + "=false");
      }
      return type instanceof ListOf ? Stream.empty() : Stream.of(path + "=");
    }

    /** What holds where a file says nothing: the record's constant {@code DEFAULT}. */
    public Record standard() {
      try {
        if (keys.isEmpty()) {
          return instance(List.of());
        }
        return (Record) type.getField("DEFAULT").get(null);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(type + " has no usable constant DEFAULT", e);
      }
    }

    /**
     * Calls the constructor.
     *
     * @throws IllegalArgumentException if it refuses a value
     */
    public Record instance(List<?> values) {
      Class<?>[] types =
          keys.stream().map(key -> key.component().getType()).toArray(Class<?>[]::new);
      try {
        return type.getDeclaredConstructor(types).newInstance(values.toArray());
      } catch (InvocationTargetException e) {
        if (e.getCause() instanceof IllegalArgumentException refused) {
          throw refused;
        }
        throw new IllegalStateException(type + " failed on " + values, e.getCause());
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(type + " has no usable constructor", e);
      }
    }
  }

  /**
   * One of several records by its name: a sealed interface, whose {@code OneCycle} is {@code
   * one-cycle}.
   */
  record OneOf(Map<String, Keys> choices) implements KeyType {}

  /** The type of what an optional value holds; else the type itself. */
  default KeyType unwrapped() {
    return this instanceof OptionalType optional ? optional.value() : this;
  }

  /**
   * Finds out.
   *
   * @throws IllegalStateException if a settings record has a component of another type
   */
  static KeyType of(Type type) {
    if (type instanceof ParameterizedType generic) {
      KeyType argument = of(generic.getActualTypeArguments()[0]);
      if (generic.getRawType() == List.class) {
        return new ListOf(argument);
      }
      if (generic.getRawType() == Optional.class) {
        return new OptionalType(argument);
      }
    }
    if (type == int.class || type == Integer.class) {
      return new IntType(Integer.MIN_VALUE, Integer.MAX_VALUE);
    }
    if (type == long.class || type == Long.class) {
      return new IntType(Long.MIN_VALUE, Long.MAX_VALUE);
    }
    if (type == double.class || type == Double.class) {
      return new NumberType();
    }
    if (type == boolean.class || type == Boolean.class) {
      return new BooleanType();
    }
    if (type == NamedNumbers.class) {
      return new NumbersByName();
    }
    if (type == String.class) {
      return new Text();
    }
    if (type == ConfigNode.class) {
      return new Anything();
    }
    if (!(type instanceof Class<?> named)) {
      throw new IllegalStateException("no key can be a " + type);
    }
    if (named.isEnum()) {
      Map<String, Enum<?>> words = new LinkedHashMap<>();
      for (Object constant : named.getEnumConstants()) {
        words.put(kebabCase((Enum<?>) constant), (Enum<?>) constant);
      }
      return new EnumType(words);
    }
    if (named.isRecord()) {
      return Keys.of(named.asSubclass(Record.class));
    }
    if (named.isSealed()) {
      Map<String, Keys> choices = new LinkedHashMap<>();
      Arrays.stream(named.getPermittedSubclasses())
          .flatMap(
              choice ->
                  choice.isSealed()
                      ? Arrays.stream(choice.getPermittedSubclasses())
                      : Stream.of(choice))
          .map(choice -> choice.asSubclass(Record.class))
          .forEach(choice -> choices.put(nameOf(choice, named), Keys.of(choice)));
      return new OneOf(choices);
    }
    throw new IllegalStateException("no key can be a " + type);
  }

  /** The choice {@code TpeSampler} of the family {@code Sampler} is {@code tpe}. */
  private static String nameOf(Class<?> choice, Class<?> family) {
    String name = choice.getSimpleName();
    String suffix = family.getSimpleName();
    return kebabCase(
        name.endsWith(suffix) ? name.substring(0, name.length() - suffix.length()) : name);
  }

  /**
   * {@code batchSize} and {@code BatchSize} become {@code batch-size}; a last capital is no word:
   * {@code Conv2D} becomes {@code conv2d}.
   */
  static String kebabCase(String camelCase) {
    return camelCase.replaceAll("(?<=[a-z0-9])(?=[A-Z][a-z])", "-").toLowerCase(Locale.ROOT);
  }

  /** {@code ONE_CYCLE} becomes {@code one-cycle}. */
  static String kebabCase(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
