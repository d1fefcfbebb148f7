package dev.holdfast.dataplane.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Enough of OpenAPI to hold answers against their schemas. */
record OpenApiDocument(JsonNode root) {
  private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");

  static OpenApiDocument parse(String yaml) throws IOException {
    return new OpenApiDocument(new YAMLMapper().readTree(yaml));
  }

  /** Such as {@code GET /healthz}. */
  Set<String> operations() {
    var operations = new TreeSet<String>();
    for (var path : root.get("paths").properties()) {
      for (var method : path.getValue().properties()) {
        if (METHODS.contains(method.getKey())) {
          operations.add(method.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey());
        }
      }
    }
    return operations;
  }

  /** The media type and schema of an answer; throws when the status is not described. */
  JsonNode content(String method, String path, int status) {
    var responses =
        root.get("paths").get(path).get(method.toLowerCase(Locale.ROOT)).get("responses");
    var response = responses.get(String.valueOf(status));
    return resolve(response == null ? responses.get("default") : response).get("content");
  }

  private JsonNode resolve(JsonNode node) {
    var ref = node.get("$ref");
    return ref == null ? node : resolve(root.at(ref.textValue().substring(1)));
  }

  /** What in the value is not as the schema says, by path. */
  List<String> violations(JsonNode schemaOrRef, JsonNode value) {
    var found = new ArrayList<String>();
    check("$", schemaOrRef, value, found);
    return found;
  }

  private void check(String at, JsonNode schemaOrRef, JsonNode value, List<String> found) {
    var schema = chosen(resolve(schemaOrRef), value);
    if (!hasType(schema.get("type"), value)) {
      found.add(at + " is not of type " + schema.get("type"));
    }
    var constants = new ArrayList<JsonNode>();
    schema.path("enum").forEach(constants::add);
    if (schema.has("const")) {
      constants.add(schema.get("const"));
    }
    if (!constants.isEmpty() && !constants.contains(value)) {
      found.add(at + " is none of " + constants);
    }
    for (var name : schema.path("required")) {
      if (!value.has(name.textValue())) {
        found.add(at + " lacks " + name);
      }
    }
    for (var property : value.properties()) {
      var declared = schema.path("properties").get(property.getKey());
      if (declared == null) {
        found.add(at + "." + property.getKey() + " is not declared");
      } else {
        check(at + "." + property.getKey(), declared, property.getValue(), found);
      }
    }
    for (int i = 0; value.isArray() && i < value.size(); i++) {
      check(at + "[" + i + "]", schema.get("items"), value.get(i), found);
    }
  }

  /** Of several schemas the one that the discriminator names. */
  private JsonNode chosen(JsonNode schema, JsonNode value) {
    var discriminator = schema.get("discriminator");
    if (discriminator == null) {
      return schema;
    }
    var kind = value.path(discriminator.get("propertyName").textValue()).asText();
    return root.at(discriminator.get("mapping").get(kind).textValue().substring(1));
  }

  private static boolean hasType(JsonNode type, JsonNode value) {
    if (type == null) {
      return true;
    }
    if (type.isArray()) {
      for (var one : type) {
        if (hasType(one, value)) {
          return true;
        }
      }
      return false;
    }
    return switch (type.textValue()) {
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      case "string" -> value.isTextual();
      case "boolean" -> value.isBoolean();
      case "integer" -> value.isIntegralNumber();
      case "null" -> value.isNull();
      default -> throw new IllegalArgumentException("type " + type);
    };
  }
}
