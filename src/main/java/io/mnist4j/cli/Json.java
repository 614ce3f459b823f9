package io.mnist4j.cli;

import org.nd4j.shade.jackson.core.JsonProcessingException;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import org.nd4j.shade.jackson.databind.SerializationFeature;
import org.nd4j.shade.jackson.databind.node.JsonNodeFactory;
import org.nd4j.shade.jackson.databind.node.ObjectNode;

/** What {@code --format json} prints. Keys are camelCase. */
final class Json {
  private Json() {}

  /** An empty document. */
  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** The document as indented text with no line break at its end. */
  static String prettyPrint(ObjectNode document) {
    try {
      return new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .writeValueAsString(document);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of values is always JSON", e);
    }
  }
}
