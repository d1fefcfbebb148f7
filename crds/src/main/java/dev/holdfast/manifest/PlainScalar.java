package dev.holdfast.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigInteger;
import java.util.Set;
import java.util.regex.Pattern;

/** What an unquoted YAML value means to kubectl: YAML 1.1 with the integers of Go. */
final class PlainScalar {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final Set<String> TRUE =
      Set.of("y", "Y", "yes", "Yes", "YES", "on", "On", "ON", "true", "True", "TRUE");
  private static final Set<String> FALSE =
      Set.of("n", "N", "no", "No", "NO", "off", "Off", "OFF", "false", "False", "FALSE");
  private static final Set<String> NULL = Set.of("", "~", "null", "Null", "NULL");
  private static final Pattern HEXADECIMAL = Pattern.compile("([-+]?)0[xX]([0-9a-fA-F]+)");
  private static final Pattern OCTAL = Pattern.compile("([-+]?)0[oO]?([0-7]+)");
  private static final Pattern BINARY = Pattern.compile("([-+]?)0[bB]([01]+)");
  private static final Pattern DECIMAL = Pattern.compile("([-+]?)(0|[1-9][0-9]*)");
  private static final Pattern FLOAT =
      Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
  private static final Pattern NOT_FINITE =
      Pattern.compile("[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");

  private PlainScalar() {}

  static JsonNode resolve(String text) {
    if (TRUE.contains(text) || FALSE.contains(text)) {
      return JSON.booleanNode(TRUE.contains(text));
    }
    if (NULL.contains(text)) {
      return JSON.nullNode();
    }
    return "0123456789+-.".indexOf(text.charAt(0)) >= 0 ? number(text) : JSON.textNode(text);
  }

  /** Whether the text means infinity or no number at all, which JSON cannot say. */
  static boolean notFinite(String text) {
    return NOT_FINITE.matcher(text).matches();
  }

  private static JsonNode number(String text) {
    var digits = text.replace("_", "");
    for (var base : Base.values()) {
      var match = base.pattern.matcher(digits);
      if (match.matches()) {
        return integer(new BigInteger(match.group(1) + match.group(2), base.radix));
      }
    }
    if (FLOAT.matcher(digits).matches()) {
      return real(text, Double.parseDouble(digits));
    }
    return JSON.textNode(text);
  }

  private static JsonNode integer(BigInteger value) {
    return value.bitLength() < 64
        ? JSON.numberNode(value.longValue())
        : real("", value.doubleValue());
  }

  private static JsonNode real(String text, double value) {
    if (Double.isInfinite(value)) {
      return JSON.textNode(text);
    }
    var whole = (long) value;
    return whole == value && Math.abs(value) < 1L << 53
        ? JSON.numberNode(whole)
        : JSON.numberNode(value);
  }

  private enum Base {
    HEXADECIMAL(PlainScalar.HEXADECIMAL, 16),
    BINARY(PlainScalar.BINARY, 2),
    DECIMAL(PlainScalar.DECIMAL, 10),
    OCTAL(PlainScalar.OCTAL, 8);

    private final Pattern pattern;
    private final int radix;

    Base(Pattern pattern, int radix) {
      this.pattern = pattern;
      this.radix = radix;
    }
  }
}
