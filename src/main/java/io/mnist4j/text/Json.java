package io.mnist4j.text;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.nd4j.shade.jackson.annotation.JsonInclude;
import org.nd4j.shade.jackson.annotation.JsonUnwrapped;
import org.nd4j.shade.jackson.core.JsonFactory;
import org.nd4j.shade.jackson.core.JsonParseException;
import org.nd4j.shade.jackson.core.JsonParser;
import org.nd4j.shade.jackson.core.JsonProcessingException;
import org.nd4j.shade.jackson.core.JsonToken;
import org.nd4j.shade.jackson.databind.DeserializationFeature;
import org.nd4j.shade.jackson.databind.JsonMappingException;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import org.nd4j.shade.jackson.databind.node.ArrayNode;
import org.nd4j.shade.jackson.databind.node.ObjectNode;

/**
 * All JSON of the program. Input is not trusted, so three things are refused: a key that is there
 * twice (one reader would take the first, another the last), a number of a million digits, and
 * nesting that takes a hundred times the memory of its text.
 */
public final class Json {
  /** A layer in a wrapper in a vertex, with its updater and the updater's schedule, takes 12. */
  private static final int MAX_DEPTH = 40;

  private static final int MAX_DIGITS = 40;

  private static final JsonFactory STRICT =
      new JsonFactory().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
  private static final ObjectMapper MAPPER =
      new ObjectMapper(STRICT).disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  /** Reflection is slow, and a journal has thousands of lines. */
  private static final ClassValue<RecordComponent[]> COMPONENTS =
      new ClassValue<>() {
        @Override
        protected RecordComponent[] computeValue(Class<?> type) {
          return type.getRecordComponents();
        }
      };

  /** The components of a record by what files may call them. */
  private static final ClassValue<Map<String, RecordComponent>> BY_NAME =
      new ClassValue<>() {
        @Override
        protected Map<String, RecordComponent> computeValue(Class<?> type) {
          Map<String, RecordComponent> components = new HashMap<>();
          for (RecordComponent component : COMPONENTS.get(type)) {
            components.put(kebabCase(component.getName()), component);
            components.putIfAbsent(component.getName(), component);
          }
          return components;
        }
      };

  private Json() {}

  /** The number, or null, by which a key is left out. */
  public static Double orNull(OptionalDouble number) {
    return number.isPresent() ? (Double) number.getAsDouble() : null;
  }

  /**
   * Reads a document.
   *
   * @throws JsonProcessingException if the text is not JSON or is refused; the original message
   *     says why
   */
  public static JsonNode read(String text) throws JsonProcessingException {
    try (JsonParser parser = STRICT.createParser(text)) {
      int depth = 0;
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token.isStructStart() && ++depth > MAX_DEPTH) {
          throw new JsonParseException(parser, "nested too deeply");
        } else if (token.isStructEnd()) {
          depth--;
        } else if (token.isNumeric() && parser.getTextLength() > MAX_DIGITS) {
          throw new JsonParseException(parser, "a number of too many digits");
        }
      }
    } catch (JsonProcessingException e) {
      throw e;
    } catch (IOException e) {
      throw new UncheckedIOException("a text is always there", e);
    }
    return MAPPER.readTree(text);
  }

  /**
   * Reads a document as {@link #read(String)} does.
   *
   * @throws IllegalArgumentException if the text is not JSON or is refused; the message begins with
   *     {@code is not JSON: }
   */
  public static JsonNode parse(String text) {
    try {
      return read(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "is not JSON: " + e.getOriginalMessage().replaceAll("\\s+", " "), e);
    }
  }

  /**
   * Reads a document into a record as {@link #bind} does.
   *
   * @throws IllegalArgumentException as {@link #parse(String)} and {@link #bind} do
   */
  public static <T extends Record> T parse(String text, Class<T> type) {
    return bind(parse(text), type);
  }

  /**
   * Turns a document into a record, whose components are the keys. Other keys are ignored. A
   * component that bears {@link JsonInclude} may be missing and is null then.
   *
   * @throws IllegalArgumentException if a key is missing or of another type; the message says which
   */
  public static <T extends Record> T bind(JsonNode root, Class<T> type) {
    boolean kebabCase = isKebabCase(type);
    JsonNode named = kebabCase ? withComponentNames(root, type) : root;
    requireKeys(named, type, kebabCase);
    try {
      return MAPPER.treeToValue(named, type);
    } catch (JsonProcessingException e) {
      String key =
          e instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()
              ? " for \"%s\"".formatted(mapping.getPath().get(0).getFieldName())
              : "";
      throw new IllegalArgumentException(
          "has a value of another type%s: %s".formatted(key, OneLine.of(e.getOriginalMessage())),
          e);
    }
  }

  private static void requireKeys(JsonNode node, Class<?> type, boolean kebabCase) {
    for (RecordComponent component : COMPONENTS.get(type)) {
      if (!component.getAccessor().isAnnotationPresent(JsonInclude.class)) {
        String name = component.getName();
        JsonNode value = node.get(name);
        if (value == null || value.isNull()) {
          throw lacks(kebabCase ? kebabCase(name) : name);
        }
        if (component.getType().isRecord()) {
          requireKeys(value, component.getType(), kebabCase);
        }
      }
    }
  }

  /** {@code testAccuracy} as files spell it: {@code test-accuracy}. */
  public static String kebabCase(String name) {
    return name.replaceAll("(?<=.)(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
  }

  /** Whether it bears {@link KebabCase}, or what it implements does. */
  private static boolean isKebabCase(Class<?> type) {
    return type.isAnnotationPresent(KebabCase.class)
        || Arrays.stream(type.getInterfaces()).anyMatch(Json::isKebabCase);
  }

  /** The same with the names of the components as keys, in the records below it too. */
  private static JsonNode withComponentNames(JsonNode node, Class<?> type) {
    return renamed(node, BY_NAME.get(type), RecordComponent::getName, true);
  }

  /** What is written: the document itself, or a tree with keys in kebab-case. */
  private static Object written(Object document) {
    return isKebabCase(document.getClass())
        ? withKebabCase(MAPPER.valueToTree(document), document.getClass())
        : document;
  }

  private static JsonNode withKebabCase(JsonNode node, Class<?> type) {
    Map<String, RecordComponent> components = new HashMap<>();
    collect(type, components);
    return renamed(node, components, component -> kebabCase(component.getName()), false);
  }

  /** The components by their names, with those that stand in the document of their owner. */
  private static void collect(Class<?> type, Map<String, RecordComponent> components) {
    for (RecordComponent component : type.getRecordComponents()) {
      if (component.getAccessor().isAnnotationPresent(JsonUnwrapped.class)) {
        collect(component.getType(), components);
      } else {
        components.put(component.getName(), component);
      }
    }
  }

  /** Other names for the components of a record and of those below it; keys of maps stay. */
  private static JsonNode renamed(
      JsonNode node,
      Map<String, RecordComponent> components,
      Function<RecordComponent, String> name,
      boolean read) {
    if (!(node instanceof ObjectNode object)) {
      return node;
    }
    ObjectNode named = MAPPER.createObjectNode();
    object
        .fields()
        .forEachRemaining(
            field -> {
              RecordComponent component = components.get(field.getKey());
              if (component == null) {
                named.set(field.getKey(), field.getValue());
              } else {
                named.set(name.apply(component), below(field.getValue(), component, read));
              }
            });
    return named;
  }

  private static JsonNode below(JsonNode value, RecordComponent component, boolean read) {
    BiFunction<JsonNode, Class<?>, JsonNode> rename =
        read ? Json::withComponentNames : Json::withKebabCase;
    if (component.getType().isRecord()) {
      return rename.apply(value, component.getType());
    }
    if (value instanceof ArrayNode list
        && component.getGenericType() instanceof ParameterizedType generic
        && generic.getActualTypeArguments()[0] instanceof Class<?> item
        && item.isRecord()) {
      ArrayNode named = MAPPER.createArrayNode();
      list.forEach(each -> named.add(rename.apply(each, item)));
      return named;
    }
    return value;
  }

  /**
   * The value of a key.
   *
   * @throws IllegalArgumentException if there is none, or null: {@code lacks "key"}
   */
  public static JsonNode required(JsonNode parent, String key) {
    JsonNode value = parent.get(key);
    if (value == null || value.isNull()) {
      throw lacks(key);
    }
    return value;
  }

  private static IllegalArgumentException lacks(String key) {
    return new IllegalArgumentException("lacks \"" + key + "\"");
  }

  /** The document on one line, without a line break at its end. */
  public static String line(Object document) {
    try {
      return MAPPER.writeValueAsString(written(document));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("records and plain values are always JSON", e);
    }
  }

  /** The document indented, with a line break at its end. */
  public static String pretty(Object document) {
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(written(document)) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("records and plain values are always JSON", e);
    }
  }
}
