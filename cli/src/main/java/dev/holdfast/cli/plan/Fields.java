package dev.holdfast.cli.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;

/** The fields of one object in a state document, and the path to it. */
record Fields(String path, ObjectNode object) {
  /** The largest number that every JSON reader takes as it is. */
  private static final long MAX_ID = (1L << 53) - 1;

  /** A field is not what it must be. */
  static final class BadField extends RuntimeException {

    BadField(String path, String expected, JsonNode found) {
      super(path + ": expected " + expected + ", found " + text(found));
    }

    private static String text(JsonNode found) {
      return found.isMissingNode() ? "none" : found.isContainerNode() ? "another" : "" + found;
    }
  }

  static Fields of(String path, JsonNode node) {
    if (node instanceof ObjectNode object) {
      return new Fields(path, object);
    }
    throw new BadField(path, "an object", node);
  }

  /** A misspelt field would otherwise silently mean its default. */
  Fields refusingOthersThan(Set<String> known) {
    object
        .properties()
        .forEach(field -> {
          if (!known.contains(field.getKey())) {
            throw new BadField(
                path, "the fields " + String.join(", ", known), named(field.getKey()));
          }
        });
    return this;
  }

  List<Fields> list(String name, int most) {
    var list = object.path(name);
    if (!list.isArray()) {
      throw new BadField(at(name), "a list", list);
    }
    if (list.size() > most) {
      throw new BadField(at(name), "at most " + most + " items", count(list));
    }
    return IntStream.range(0, list.size())
        .mapToObj(i -> of(at(name) + "[" + i + "]", list.get(i)))
        .toList();
  }

  String text(String name) {
    if (!object.path(name).isTextual()) {
      throw new BadField(at(name), "a string", object.path(name));
    }
    return object.get(name).textValue();
  }

  long id(String name) {
    var id = object.path(name);
    if (!id.isIntegralNumber() || !id.canConvertToLong() || !isId(id.longValue())) {
      throw new BadField(at(name), "an integer from 0 to 2^53-1", id);
    }
    return id.longValue();
  }

  OptionalLong idOrNone(String name) {
    var id = object.path(name);
    return id.isNull() || id.isMissingNode() ? OptionalLong.empty() : OptionalLong.of(id(name));
  }

  /** -1 and absence mean none. */
  OptionalInt index(String name) {
    var index = object.path(name);
    if (index.isMissingNode()) {
      return OptionalInt.empty();
    }
    if (!index.isIntegralNumber() || !index.canConvertToInt() || index.intValue() < -1) {
      throw new BadField(at(name), "an integer from -1", index);
    }
    return index.intValue() < 0 ? OptionalInt.empty() : OptionalInt.of(index.intValue());
  }

  <E extends Enum<E>> E oneOf(Class<E> type, String name) {
    var text = object.path(name);
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> constant.name().equals(text.textValue()))
        .findFirst()
        .orElseThrow(() ->
            new BadField(at(name), "one of " + Arrays.toString(type.getEnumConstants()), text));
  }

  private String at(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  private JsonNode named(String name) {
    return object.textNode(name);
  }

  private JsonNode count(JsonNode list) {
    return object.numberNode(list.size());
  }

  private static boolean isId(long id) {
    return id >= 0 && id <= MAX_ID;
  }
}
