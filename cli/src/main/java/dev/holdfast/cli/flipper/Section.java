package dev.holdfast.cli.flipper;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.api.GatewayDuration;
import dev.holdfast.cli.convert.GoDuration;
import dev.holdfast.floatingip.web.SecretUrl;
import dev.holdfast.manifest.Problem;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A part of the configuration, read key by key. What is wrong is collected, and something harmless
 * is read instead; so all that is wrong is told at once. Values are told of by their form only.
 */
final class Section {
  private final String file;
  private final String path;
  private final ObjectNode values;
  private final List<Problem> problems;
  private final Set<String> asked = new HashSet<>();
  private final List<Section> inner = new ArrayList<>();

  private Section(String file, String path, ObjectNode values, List<Problem> problems) {
    this.file = file;
    this.path = path;
    this.values = values;
    this.problems = problems;
  }

  static Section root(String file, ObjectNode values) {
    return new Section(file, "", values, new ArrayList<>());
  }

  /** Whether it is there and is not empty. */
  boolean has(String key) {
    asked.add(key);
    var value = values.path(key);
    return !value.isMissingNode()
        && !value.isNull()
        && !(value.isTextual() && value.asText().isEmpty());
  }

  /** The full name of a key, such as {@code groups[0].checks[1].path}. */
  String name(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  /** Empty when it is not there. */
  String text(String key) {
    if (!has(key)) {
      return "";
    }
    var value = values.path(key);
    if (value.isTextual()) {
      return value.asText();
    }
    wrong(key, "expected a text, found %s".formatted(form(value)));
    return "";
  }

  String required(String key) {
    if (!has(key)) {
      wrong(key, "expected a text, found none");
    }
    return text(key);
  }

  /** A text, or a number that need not be quoted. */
  String requiredId(String key) {
    var value = values.path(key);
    if (value.isIntegralNumber()) {
      asked.add(key);
      return value.asText();
    }
    return required(key);
  }

  String oneOf(String key, List<String> choices, String otherwise) {
    var value = text(key);
    if (value.isEmpty()) {
      return otherwise;
    }
    if (!choices.contains(value)) {
      wrong(key, "expected %s, found another text".formatted(String.join(" or ", choices)));
      return otherwise;
    }
    return value;
  }

  boolean flag(String key) {
    if (!has(key)) {
      return false;
    }
    // in the environment everything is text, and Go is not strict with it
    return switch (values.path(key).asText().toLowerCase(Locale.ROOT)) {
      case "true", "t", "1" -> true;
      case "false", "f", "0" -> false;
      default -> {
        wrong(key, "expected true or false, found %s".formatted(form(values.path(key))));
        yield false;
      }
    };
  }

  /** A whole number; 0 counts as not there. */
  int number(String key, int otherwise, int max) {
    if (!has(key)) {
      return otherwise;
    }
    var text = values.path(key).isContainerNode() ? "" : values.path(key).asText();
    if (text.matches("[0-9]{1,9}") && Integer.parseInt(text) <= max) {
      return Integer.parseInt(text) == 0 ? otherwise : Integer.parseInt(text);
    }
    wrong(key, "expected a whole number up to %d, found %s".formatted(max, form(values.path(key))));
    return otherwise;
  }

  /** In whole milliseconds; 0 counts as not there. */
  Duration duration(String key, Duration otherwise) {
    if (!has(key)) {
      return otherwise;
    }
    var value = values.path(key);
    try {
      // a bare 0 is fine; another number would be nanoseconds, which nobody means
      var text = value.isTextual() || value.asText().equals("0") ? value.asText() : "";
      var length = GoDuration.parse(text).plusNanos(999_999).truncatedTo(ChronoUnit.MILLIS);
      if (!length.isNegative() && length.compareTo(GatewayDuration.MAX) <= 0) {
        return length.isZero() ? otherwise : length;
      }
    } catch (IllegalArgumentException e) {
      // told below, without the text
    }
    wrong(key, "expected a duration such as 300ms, 5s or 1m30s, found %s".formatted(form(value)));
    return otherwise;
  }

  /** As {@link #duration}, and above 0. */
  Duration requiredDuration(String key) {
    var before = problems.size();
    var length = duration(key, Duration.ZERO);
    if (length.isZero() && problems.size() == before) {
      wrong(key, "expected a duration above 0, found none");
    }
    return length;
  }

  /** Empty when it is not there. */
  Section section(String key) {
    return section(name(key), has(key) ? values.path(key) : JsonNodeFactory.instance.objectNode());
  }

  List<Section> sections(String key) {
    if (!has(key)) {
      return List.of();
    }
    var value = values.path(key);
    if (!value.isArray()) {
      problem(name(key), "expected a list, found %s".formatted(form(value)));
      return List.of();
    }
    var list = new ArrayList<Section>();
    value.forEach(entry -> list.add(section("%s[%d]".formatted(name(key), list.size()), entry)));
    return list;
  }

  /** An http or https URL, which is a secret. */
  String requiredUrl(String key) {
    var text = required(key);
    if (!text.isEmpty()) {
      try {
        SecretUrl.of(text);
      } catch (IllegalArgumentException e) {
        wrong(key, String.valueOf(e.getMessage()));
      }
    }
    return text;
  }

  void wrong(String key, String message) {
    problem(name(key), message);
  }

  /** Whether something is wrong with the value of this key itself. */
  boolean isWrong(String key) {
    return problems.stream().anyMatch(problem -> problem.field().equals(name(key)));
  }

  /** All that is wrong so far, here and in every other part. */
  List<Problem> problems() {
    return List.copyOf(problems);
  }

  /** Keys that nobody asked for, of this part and those below it. */
  Stream<String> unknown() {
    return Stream.concat(
        values
            .propertyStream()
            .map(entry -> entry.getKey())
            .filter(key -> !asked.contains(key))
            .map(this::name),
        inner.stream().flatMap(Section::unknown));
  }

  private Section section(String name, JsonNode value) {
    if (!(value instanceof ObjectNode)) {
      problem(name, "expected keys and values, found %s".formatted(form(value)));
    }
    var map = value instanceof ObjectNode node ? node : JsonNodeFactory.instance.objectNode();
    var section = new Section(file, name, map, problems);
    inner.add(section);
    return section;
  }

  private void problem(String name, String message) {
    var problem = new Problem(file, 0, name, null, message);
    if (!problems.contains(problem)) {
      problems.add(problem);
    }
  }

  private static String form(JsonNode value) {
    return switch (value.getNodeType()) {
      case ARRAY -> "a list";
      case OBJECT -> "keys and values";
      case BOOLEAN -> "true or false";
      case NUMBER -> "a number";
      case NULL, MISSING -> "nothing";
      case STRING -> "another text";
      case BINARY, POJO -> "something else";
    };
  }
}
