package dev.holdfast.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Fills in a schema's defaults as the API server does: a null counts as absent. */
final class SchemaDefaults {

  private SchemaDefaults() {}

  static void apply(JsonNode value, Schema schema) {
    switch (value) {
      case ObjectNode object -> applyToObject(object, schema);
      case ArrayNode array when schema.items() != null -> {
        for (var item : array) {
          apply(item, schema.items());
        }
      }
      default -> {}
    }
  }

  private static void applyToObject(ObjectNode object, Schema schema) {
    object
        .properties()
        .removeIf(entry -> entry.getValue().isNull() && schema.field(entry.getKey()) != null);
    schema
        .properties()
        .forEach((name, field) -> {
          if (!object.has(name) && field.defaultValue() != null) {
            object.set(name, field.defaultValue().deepCopy());
          }
        });
    for (var entry : object.properties()) {
      var field = schema.field(entry.getKey());
      if (field != null) {
        apply(entry.getValue(), field);
      }
    }
  }
}
