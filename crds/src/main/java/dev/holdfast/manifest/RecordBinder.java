package dev.holdfast.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes records of JSON that a schema allows: a component is the field of its name, and null where
 * there is none. Does a small part of what Jackson's data binding does, in a tenth of its time in a
 * process that has just begun (docs/decisions/032-no-object-mapper-before-the-port-is-open.md).
 */
final class RecordBinder {
  private RecordBinder() {}

  /**
   * @throws IllegalArgumentException when the schema should have allowed no such JSON
   */
  static <R extends Record> R bind(JsonNode json, Class<R> type, String path) {
    return type.cast(record(json, type, path));
  }

  private static Object record(JsonNode json, Class<?> type, String path) {
    if (!json.isObject()) {
      throw unexpected(path, "an object", json);
    }
    var components = type.getRecordComponents();
    var values = new Object[components.length];
    var unknown = new HashSet<String>();
    json.fieldNames().forEachRemaining(unknown::add);
    for (int i = 0; i < components.length; i++) {
      var name = components[i].getName();
      unknown.remove(name);
      values[i] = value(json.get(name), components[i].getGenericType(), path + "." + name);
    }
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException("%s: unknown fields %s".formatted(path, unknown));
    }
    return instance(type, components, values);
  }

  private static Object instance(Class<?> type, RecordComponent[] components, Object[] values) {
    var types = Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      return type.getDeclaredConstructor(types).newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a public record can be made: " + type, e);
    }
  }

  private static @Nullable Object value(@Nullable JsonNode json, Type type, String path) {
    if (json == null || json.isNull()) {
      if (type instanceof Class<?> primitive && primitive.isPrimitive()) {
        throw new IllegalArgumentException("%s: expected a value, found none".formatted(path));
      }
      return null;
    }
    return switch (type) {
      case ParameterizedType list when list.getRawType() == List.class -> list(json, list, path);
      case ParameterizedType map when map.getRawType() == Map.class -> map(json, map, path);
      case Class<?> simple -> simple(json, simple, path);
      default -> throw new IllegalStateException("no field of a spec is a " + type);
    };
  }

  private static Object simple(JsonNode json, Class<?> type, String path) {
    if (type.isRecord()) {
      return record(json, type, path);
    }
    var value = type.isEnum() ? constant(json, type, path) : scalar(json, type);
    if (value == null) {
      throw unexpected(path, type.getSimpleName(), json);
    }
    return value;
  }

  private static @Nullable Object scalar(JsonNode json, Class<?> type) {
    if (type == String.class) {
      return json.textValue();
    }
    if (type == boolean.class || type == Boolean.class) {
      return json.isBoolean() ? json.booleanValue() : null;
    }
    if (json.isIntegralNumber()) {
      return number(json, type);
    }
    return type == ObjectNode.class && json.isObject() ? json : null;
  }

  private static @Nullable Number number(JsonNode json, Class<?> type) {
    if (type == int.class || type == Integer.class) {
      return json.canConvertToInt() ? json.intValue() : null;
    }
    if (type == long.class || type == Long.class) {
      return json.canConvertToLong() ? json.longValue() : null;
    }
    return null;
  }

  private static @Nullable Object constant(JsonNode json, Class<?> type, String path) {
    if (!json.isTextual()) {
      return null;
    }
    for (var constant : type.getEnumConstants()) {
      if (((Enum<?>) constant).name().equals(json.textValue())) {
        return constant;
      }
    }
    throw new IllegalArgumentException("%s: there is no %s".formatted(path, json.textValue()));
  }

  private static List<?> list(JsonNode json, ParameterizedType type, String path) {
    if (!json.isArray()) {
      throw unexpected(path, "a list", json);
    }
    var items = new ArrayList<@Nullable Object>();
    for (var item : json) {
      items.add(value(item, type.getActualTypeArguments()[0], path + "[" + items.size() + "]"));
    }
    return Collections.unmodifiableList(items);
  }

  private static Map<String, ?> map(JsonNode json, ParameterizedType type, String path) {
    if (!json.isObject()) {
      throw unexpected(path, "an object", json);
    }
    var entries = new LinkedHashMap<String, @Nullable Object>();
    for (var entry : json.properties()) {
      var key = entry.getKey();
      entries.put(key, value(entry.getValue(), type.getActualTypeArguments()[1], path + "." + key));
    }
    return Collections.unmodifiableMap(entries);
  }

  /** Quotes no value, which may be a secret. */
  private static IllegalArgumentException unexpected(String path, String expected, JsonNode json) {
    return new IllegalArgumentException(
        "%s: expected %s, found %s".formatted(path, expected, json.getNodeType()));
  }
}
