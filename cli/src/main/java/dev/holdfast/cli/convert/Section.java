package dev.holdfast.cli.convert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.api.GatewayDuration;
import dev.holdfast.floatingip.web.SecretUrl;
import dev.holdfast.manifest.Problem;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A part of another tool's configuration, read key by key. What is wrong is collected, and
 * something harmless is read instead; so all that is wrong is told at once. Values are told of by
 * their form only.
 */
public final class Section {
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

  public static Section root(String file, ObjectNode values) {
    return new Section(file, "", values, new ArrayList<>());
  }

  /** Whether it is there and is not empty. */
  public boolean has(String key) {
    asked.add(key);
    var value = values.path(key);
    return !value.isMissingNode()
        && !value.isNull()
        && !(value.isTextual() && value.asText().isEmpty());
  }

  /** The full name of a key, such as {@code groups[0].checks[1].path}. */
  public String name(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  /** Empty when it is not there. */
  public String text(String key) {
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

  public String required(String key) {
    if (!has(key)) {
      wrong(key, "expected a text, found none");
    }
    return text(key);
  }

  /** A text, or a number that need not be quoted. */
  public String requiredId(String key) {
    var value = values.path(key);
    if (value.isIntegralNumber()) {
      asked.add(key);
      return value.asText();
    }
    return required(key);
  }

  public String oneOf(String key, List<String> choices, String otherwise) {
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

  public boolean flag(String key) {
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
  public int number(String key, int otherwise, int max) {
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

  /**
   * A whole number, and nothing that could only be read as one.
   *
   * @param otherwise when it is not there
   */
  public int integer(String key, int otherwise, int min, int max) {
    asked.add(key);
    var value = values.path(key);
    if (value.isMissingNode()) {
      return otherwise;
    }
    if (value.isIntegralNumber() && value.canConvertToInt()) {
      var number = value.asInt();
      if (number >= min && number <= max) {
        return number;
      }
    }
    wrong(key, "expected a whole number from %d to %d, found %s".formatted(min, max, form(value)));
    return otherwise;
  }

  /**
   * Seconds, with or without a fraction, to the millisecond.
   *
   * @param otherwise when it is not there
   * @param min at least this
   */
  public Duration seconds(String key, Duration otherwise, Duration min) {
    asked.add(key);
    var value = values.path(key);
    if (value.isMissingNode()) {
      return otherwise;
    }
    if (value.isNumber()) {
      var millis = value.decimalValue().movePointRight(3).setScale(0, RoundingMode.CEILING);
      if (millis.compareTo(BigDecimal.valueOf(min.toMillis())) >= 0
          && millis.compareTo(BigDecimal.valueOf(GatewayDuration.MAX.toMillis())) <= 0) {
        return Duration.ofMillis(millis.longValueExact());
      }
    }
    wrong(
        key,
        "expected a number of seconds, at least %s, found %s"
            .formatted(GatewayDuration.format(min), form(value)));
    return otherwise;
  }

  /** Whole numbers within bounds; those out of bounds are left out, and told. */
  public List<Integer> integers(String key, int min, int max) {
    asked.add(key);
    var found = new ArrayList<Integer>();
    for (var value : values.path(key)) {
      if (value.isIntegralNumber()
          && value.canConvertToInt()
          && value.asInt() >= min
          && value.asInt() <= max) {
        found.add(value.asInt());
      } else {
        wrong(
            key, "expected whole numbers from %d to %d, found %s".formatted(min, max, form(value)));
      }
    }
    return found;
  }

  /** Texts by their names; what is no text is told. */
  public Map<String, String> texts(String key) {
    var inside = section(key);
    var texts = new LinkedHashMap<String, String>();
    inside.keys().forEach(name -> texts.put(name, inside.text(name)));
    return texts;
  }

  /** What there is, in its order. */
  public List<String> keys() {
    return values.propertyStream().map(Map.Entry::getKey).toList();
  }

  /** Whether there are keys and values below this one. */
  public boolean isSection(String key) {
    asked.add(key);
    return values.path(key).isObject();
  }

  /** In whole milliseconds; 0 counts as not there. */
  public Duration duration(String key, Duration otherwise) {
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
  public Duration requiredDuration(String key) {
    var before = problems.size();
    var length = duration(key, Duration.ZERO);
    if (length.isZero() && problems.size() == before) {
      wrong(key, "expected a duration above 0, found none");
    }
    return length;
  }

  /** Empty when it is not there. */
  public Section section(String key) {
    return section(name(key), has(key) ? values.path(key) : JsonNodeFactory.instance.objectNode());
  }

  public List<Section> sections(String key) {
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
  public String requiredUrl(String key) {
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

  public void wrong(String key, String message) {
    problem(name(key), message);
  }

  /** Whether something is wrong with the value of this key itself. */
  public boolean isWrong(String key) {
    return problems.stream().anyMatch(problem -> problem.field().equals(name(key)));
  }

  /** All that is wrong so far, here and in every other part. */
  public List<Problem> problems() {
    return List.copyOf(problems);
  }

  /** Keys that nobody asked for, of this part and those below it. */
  public Stream<String> unknown() {
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
