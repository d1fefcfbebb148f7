package dev.holdfast.manifest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads JSON without an object mapper, which a process that only relays would set up for nothing
 * else (docs/decisions/032-no-object-mapper-before-the-port-is-open.md).
 */
final class JsonTree {
  private static final JsonFactory PARSERS = new JsonFactory();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private JsonTree() {}

  /** One value; whatever follows it is not read. */
  static JsonNode read(InputStream in) throws IOException {
    try (var parser = PARSERS.createParser(in)) {
      parser.nextToken();
      return value(parser);
    }
  }

  private static JsonNode value(JsonParser at) throws IOException {
    return switch (at.currentToken()) {
      case START_OBJECT -> object(at);
      case START_ARRAY -> array(at);
      case VALUE_STRING -> NODES.textNode(at.getText());
      case VALUE_TRUE -> NODES.booleanNode(true);
      case VALUE_FALSE -> NODES.booleanNode(false);
      case VALUE_NULL -> NODES.nullNode();
      case VALUE_NUMBER_INT -> NODES.numberNode(at.getLongValue());
      case VALUE_NUMBER_FLOAT -> NODES.numberNode(at.getDecimalValue());
      default -> throw new IOException("expected a value, found " + at.currentToken());
    };
  }

  private static ObjectNode object(JsonParser at) throws IOException {
    var object = NODES.objectNode();
    for (var field = at.nextFieldName(); field != null; field = at.nextFieldName()) {
      at.nextToken();
      object.set(field, value(at));
    }
    return object;
  }

  private static ArrayNode array(JsonParser at) throws IOException {
    var array = NODES.arrayNode();
    while (!at.nextToken().isStructEnd()) {
      array.add(value(at));
    }
    return array;
  }
}
