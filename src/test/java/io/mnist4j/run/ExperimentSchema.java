package io.mnist4j.run;

import io.mnist4j.config.ConfigKey;
import io.mnist4j.config.Key;
import io.mnist4j.config.KeyType;
import io.mnist4j.config.RecordWriter;
import java.util.Collection;
import java.util.Map;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Makes the JSON Schema (draft 2020-12) of an experiment file out of the settings' records. */
final class ExperimentSchema {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private ExperimentSchema() {}

  static String toJson() {
    DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    return new ObjectMapper()
            .writer()
            .with(printer.withObjectIndenter(indenter))
            .writeValueAsString(of(KeyType.Keys.of(Experiment.class)))
        + "\n";
  }

  static ObjectNode of(KeyType.Keys root) {
    ObjectNode schema = NODES.objectNode();
    schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.put("title", "mnist4j experiment");
    schema.put("description", "What differs from the defaults of a training run");
    schema.setAll(keys(root, RecordWriter.toMap(root, root.standard())));
    return schema;
  }

  /** A mapping; an empty one may be left out, which YAML calls null. */
  private static ObjectNode keys(KeyType.Keys keys, Object standard) {
    ObjectNode schema = NODES.objectNode();
    schema.putArray("type").add("object").add("null");
    schema.put("additionalProperties", false);
    ObjectNode properties = schema.putObject("properties");
    for (ConfigKey key : keys.keys()) {
      Object value = standard instanceof Map<?, ?> map ? map.get(key.name()) : null;
      ObjectNode property = NODES.objectNode();
      property.put("description", key.doc().value());
      property.setAll(value(key.type(), key.doc(), value));
      if (!(key.type() instanceof KeyType.Keys)) {
        property.set("default", new ObjectMapper().valueToTree(value));
      }
      properties.set(key.name(), property);
    }
    return schema;
  }

  private static ObjectNode value(KeyType type, Key doc, Object standard) {
    if (type instanceof KeyType.Keys keys) {
      return keys(keys, standard);
    }
    ObjectNode schema = NODES.objectNode();
    if (type instanceof KeyType.OptionalType maybe) {
      ArrayNode either = schema.putArray("anyOf");
      either.addObject().put("type", "null");
      either.add(value(maybe.value(), doc, standard));
    } else if (type instanceof KeyType.NumbersByName) {
      ArrayNode either = schema.putArray("anyOf");
      either.addObject().put("type", "string");
      ObjectNode numbers = either.addObject().put("type", "object");
      numbers.putObject("additionalProperties").put("type", "number");
    } else if (type instanceof KeyType.ListOf list) {
      schema.put("type", "array").set("items", value(list.item(), doc, null));
    } else if (type instanceof KeyType.OneOf choice) {
      ArrayNode oneOf = schema.putArray("oneOf");
      words(oneOf.addObject(), choice.choices().keySet());
      choice.choices().forEach((name, keys) -> oneOf.add(choice(name, keys)));
    } else if (type instanceof KeyType.EnumType word) {
      words(schema, word.constants().keySet());
    } else if (type instanceof KeyType.IntType whole) {
      schema.put("type", "integer");
      schema.put("minimum", Math.max(whole.min(), (long) doc.min()));
      schema.put("maximum", Math.min(whole.max(), (long) doc.max()));
    } else if (type instanceof KeyType.NumberType) {
      schema.put("type", "number");
      if (!Double.isInfinite(doc.min())) {
        schema.put(doc.aboveMin() ? "exclusiveMinimum" : "minimum", doc.min());
      }
      if (!Double.isInfinite(doc.max())) {
        schema.put(doc.belowMax() ? "exclusiveMaximum" : "maximum", doc.max());
      }
    } else {
      schema.put("type", type instanceof KeyType.BooleanType ? "boolean" : "string");
    }
    return schema;
  }

  /** {@code dense: {units: 64}}. */
  private static ObjectNode choice(String name, KeyType.Keys keys) {
    ObjectNode schema = NODES.objectNode();
    schema.put("type", "object");
    schema.put("additionalProperties", false);
    schema.putArray("required").add(name);
    ObjectNode property = schema.putObject("properties").putObject(name);
    property.put("description", keys.type().getAnnotation(Key.class).value());
    property.setAll(keys(keys, RecordWriter.toMap(keys, keys.standard())));
    return schema;
  }

  private static void words(ObjectNode schema, Collection<String> words) {
    ArrayNode all = schema.putArray("enum");
    words.forEach(all::add);
  }
}
