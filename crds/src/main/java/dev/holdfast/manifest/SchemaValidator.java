package dev.holdfast.manifest;

import static dev.holdfast.manifest.Violation.join;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds all that a schema does not allow in one value. Used once. */
final class SchemaValidator {
  private final List<Violation> violations = new ArrayList<>();

  private SchemaValidator() {}

  static List<Violation> validate(JsonNode value, Schema schema, String path) {
    var validator = new SchemaValidator();
    validator.check(value, schema, path);
    return List.copyOf(validator.violations);
  }

  private void check(JsonNode value, Schema schema, String path) {
    if (!hasType(value, schema)) {
      var found = typeOf(value);
      blocking(
          path,
          "Invalid value: \"%s\": must be of type %s: \"%s\""
              .formatted(found, schema.type(), found));
      return;
    }
    switch (value) {
      case ObjectNode object -> checkObject(object, schema, path);
      case ArrayNode array -> checkList(array, schema, path);
      default -> ScalarRules.check(value, schema, path).ifPresent(violations::add);
    }
  }

  private void checkObject(ObjectNode object, Schema schema, String path) {
    for (var name : schema.required()) {
      if (!object.has(name)) {
        blocking(join(path, name), "Required value");
      }
    }
    if (schema.maxProperties() != null && object.size() > schema.maxProperties()) {
      blocking(
          path,
          "Too many: %d: must have at most %d items"
              .formatted(object.size(), schema.maxProperties()));
    }
    for (var entry : object.properties()) {
      checkField(entry, schema, path);
    }
  }

  private void checkField(Map.Entry<String, JsonNode> entry, Schema schema, String path) {
    var fieldPath = join(path, entry.getKey());
    var field = schema.field(entry.getKey());
    if (field != null) {
      check(entry.getValue(), field, fieldPath);
    } else if (!schema.preserveUnknownFields()) {
      violations.add(new Violation(fieldPath, unknownField(fieldPath, schema), false));
    }
  }

  private static String unknownField(String path, Schema schema) {
    return "unknown field \"%s\"; known here: %s"
        .formatted(path, String.join(", ", new TreeSet<>(schema.properties().keySet())));
  }

  private void checkList(ArrayNode list, Schema schema, String path) {
    if (schema.minItems() != null && list.size() < schema.minItems()) {
      violations.add(
          new Violation(
              path,
              "Invalid value: %d: should have at least %d items"
                  .formatted(list.size(), schema.minItems()),
              false));
    }
    if (schema.maxItems() != null && list.size() > schema.maxItems()) {
      blocking(
          path,
          "Too many: %d: must have at most %d items".formatted(list.size(), schema.maxItems()));
    }
    var seen = new HashSet<Object>();
    for (int i = 0; i < list.size(); i++) {
      var itemPath = path + "[" + i + "]";
      if (schema.items() != null) {
        check(list.get(i), schema.items(), itemPath);
      }
      var key = keyOf(list.get(i), schema);
      if (key != null && !seen.add(key)) {
        violations.add(new Violation(itemPath, duplicate(list.get(i), schema), false));
      }
    }
  }

  /** What must be unique in a list; null when nothing must be. */
  private static @Nullable Object keyOf(JsonNode item, Schema list) {
    if ("set".equals(list.listType())) {
      return item;
    }
    if (!"map".equals(list.listType()) || !list.listMapKeys().stream().allMatch(item::has)) {
      return null;
    }
    return list.listMapKeys().stream().map(item::get).toList();
  }

  /** As the API server shows it. */
  private static String duplicate(JsonNode item, Schema list) {
    var shown =
        "set".equals(list.listType())
            ? item.toString()
            : list.listMapKeys().stream()
                .map(key -> "\"%s\":%s".formatted(key, item.get(key)))
                .collect(Collectors.joining(",", "{", "}"));
    return "Duplicate value: " + shown;
  }

  private void blocking(String path, String message) {
    violations.add(new Violation(path, message, true));
  }

  private static boolean hasType(JsonNode value, Schema schema) {
    return switch (schema.type()) {
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      case "string" -> value.isTextual();
      case "boolean" -> value.isBoolean();
      case "integer" -> value.isIntegralNumber();
      case "number" -> value.isNumber();
      default -> throw new IllegalStateException("the schema has an unknown type " + schema.type());
    };
  }

  private static String typeOf(JsonNode value) {
    return switch (value.getNodeType()) {
      case OBJECT, POJO -> "object";
      case ARRAY -> "array";
      case STRING, BINARY -> "string";
      case BOOLEAN -> "boolean";
      case NUMBER -> value.isIntegralNumber() ? "integer" : "number";
      case NULL, MISSING -> "null";
    };
  }
}
