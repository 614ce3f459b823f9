package io.mnist4j.text;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import org.nd4j.shade.jackson.annotation.JsonInclude;
import org.nd4j.shade.jackson.core.JsonFactory;
import org.nd4j.shade.jackson.core.JsonParseException;
import org.nd4j.shade.jackson.core.JsonParser;
import org.nd4j.shade.jackson.core.JsonProcessingException;
import org.nd4j.shade.jackson.core.JsonToken;
import org.nd4j.shade.jackson.databind.DeserializationFeature;
import org.nd4j.shade.jackson.databind.JsonMappingException;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;

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

  private Json() {}

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
    requireKeys(root, type);
    try {
      return MAPPER.treeToValue(root, type);
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

  private static void requireKeys(JsonNode node, Class<?> type) {
    for (RecordComponent component : type.getRecordComponents()) {
      if (!component.getAccessor().isAnnotationPresent(JsonInclude.class)) {
        JsonNode value = required(node, component.getName());
        if (component.getType().isRecord()) {
          requireKeys(value, component.getType());
        }
      }
    }
  }

  /**
   * The value of a key.
   *
   * @throws IllegalArgumentException if there is none, or null: {@code lacks "key"}
   */
  public static JsonNode required(JsonNode parent, String key) {
    JsonNode value = parent.get(key);
    if (value == null || value.isNull()) {
      throw new IllegalArgumentException("lacks \"" + key + "\"");
    }
    return value;
  }

  /** The document on one line, without a line break at its end. */
  public static String line(Object document) {
    try {
      return MAPPER.writeValueAsString(document);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("records and plain values are always JSON", e);
    }
  }

  /** The document indented, with a line break at its end. */
  public static String pretty(Object document) {
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(document) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("records and plain values are always JSON", e);
    }
  }
}
