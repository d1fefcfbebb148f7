package dev.holdfast.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a schema says of strings and numbers. */
final class ScalarRules {
  private static final int SHOWN = 100;
  private static final Map<String, Pattern> PATTERNS = new ConcurrentHashMap<>();

  private ScalarRules() {}

  static Optional<Violation> check(JsonNode value, Schema schema, String path) {
    if (value.isTextual()) {
      return checkText(value.textValue(), schema, path);
    }
    return value.isNumber() ? checkNumber(value, schema, path) : Optional.empty();
  }

  private static Optional<Violation> checkText(String text, Schema schema, String path) {
    var length = text.codePointCount(0, text.length());
    if (schema.maxLength() != null && length > schema.maxLength()) {
      return blocking(
          path, "Too long: may not be more than %d bytes".formatted(schema.maxLength()));
    }
    if (!schema.values().isEmpty() && !schema.values().contains(text)) {
      return blocking(
          path,
          "Unsupported value: %s: supported values: %s".formatted(quote(text), quoteAll(schema)));
    }
    if (schema.minLength() != null && length < schema.minLength()) {
      return invalid(
          path, quote(text), "should be at least %d chars long".formatted(schema.minLength()));
    }
    if (schema.pattern() != null && !matches(text, schema.pattern())) {
      return invalid(path, quote(text), "should match '%s'".formatted(schema.pattern()));
    }
    return Optional.empty();
  }

  private static Optional<Violation> checkNumber(JsonNode value, Schema schema, String path) {
    var number = value.decimalValue();
    if (schema.minimum() != null && number.compareTo(schema.minimum()) < 0) {
      return invalid(
          path,
          value.asText(),
          "should be greater than or equal to " + schema.minimum().toPlainString());
    }
    if (schema.maximum() != null && number.compareTo(schema.maximum()) > 0) {
      return invalid(
          path,
          value.asText(),
          "should be less than or equal to " + schema.maximum().toPlainString());
    }
    return Optional.empty();
  }

  /** An end of text is the very end, as in the API server's regular expressions. */
  private static boolean matches(String text, String pattern) {
    return PATTERNS
        .computeIfAbsent(
            pattern,
            p -> Pattern.compile(p.endsWith("$") ? p.substring(0, p.length() - 1) + "\\z" : p))
        .matcher(text)
        .find();
  }

  private static String quoteAll(Schema schema) {
    return new TreeSet<>(schema.values())
        .stream().map(ScalarRules::quote).collect(Collectors.joining(", "));
  }

  private static String quote(String text) {
    return '"' + (text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text) + '"';
  }

  private static Optional<Violation> invalid(String path, String value, String message) {
    return Optional.of(
        new Violation(path, "Invalid value: %s: %s".formatted(value, message), false));
  }

  private static Optional<Violation> blocking(String path, String message) {
    return Optional.of(new Violation(path, message, true));
  }
}
