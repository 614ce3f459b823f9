package io.mnist4j.text;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.nd4j.shade.jackson.core.JsonFactory;
import org.nd4j.shade.jackson.core.JsonParseException;
import org.nd4j.shade.jackson.core.JsonParser;
import org.nd4j.shade.jackson.core.JsonProcessingException;
import org.nd4j.shade.jackson.core.JsonToken;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/**
 * Reads JSON of people that nobody knows: no key twice, of which one reader would take the first
 * and another the last, no number of a million digits, and no nesting that takes a hundred times
 * the memory of its text.
 */
public final class BoundedJson {
  /** A layer in a wrapper in a vertex, with its updater and the updater's schedule, takes 12. */
  private static final int MAX_DEPTH = 40;

  private static final int MAX_DIGITS = 40;

  private static final JsonFactory STRICT =
      new JsonFactory().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
  private static final ObjectMapper MAPPER = new ObjectMapper(STRICT);

  private BoundedJson() {}

  /**
   * Reads a document.
   *
   * @throws JsonProcessingException if it is none, or one of those; the original message says why
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
}
