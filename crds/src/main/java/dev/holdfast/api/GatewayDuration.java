package dev.holdfast.api;

import java.time.Duration;
import java.util.regex.Pattern;

/**
 * Durations as strings of the Gateway API's form (GEP-2257): one to four parts of one to five
 * digits and a unit, such as {@code 250ms}, {@code 5s} or {@code 1m30s}.
 */
public final class GatewayDuration {
  private static final Pattern WHOLE = Pattern.compile("([0-9]{1,5}(h|m|s|ms)){1,4}");
  private static final Pattern PART = Pattern.compile("([0-9]{1,5})(ms|h|m|s)");

  /** The longest duration that {@link #format} writes. */
  public static final Duration MAX =
      Duration.ofHours(99_999).plusMinutes(59).plusSeconds(59).plusMillis(999);

  private GatewayDuration() {}

  /**
   * @throws IllegalArgumentException when the text has another form
   */
  public static Duration parse(String text) {
    if (!WHOLE.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "expected a duration such as 250ms, 5s or 1m30s, found \"%s\"".formatted(text));
    }
    return PART.matcher(text)
        .results()
        .map(part -> length(Long.parseLong(part.group(1)), part.group(2)))
        .reduce(Duration.ZERO, Duration::plus);
  }

  /**
   * The shortest text for a duration in whole milliseconds; a fraction of a millisecond is cut off.
   *
   * @throws IllegalArgumentException when the duration is negative or above {@link #MAX}
   */
  public static String format(Duration duration) {
    if (duration.isNegative() || duration.compareTo(MAX) > 0) {
      throw new IllegalArgumentException(
          "expected a duration from 0s to %s, found %s".formatted(format(MAX), duration));
    }
    var text = new StringBuilder();
    append(text, duration.toHours(), "h");
    append(text, duration.toMinutesPart(), "m");
    append(text, duration.toSecondsPart(), "s");
    append(text, duration.toMillisPart(), "ms");
    return text.isEmpty() ? "0s" : text.toString();
  }

  private static void append(StringBuilder text, long count, String unit) {
    if (count > 0) {
      text.append(count).append(unit);
    }
  }

  private static Duration length(long count, String unit) {
    return switch (unit) {
      case "h" -> Duration.ofHours(count);
      case "m" -> Duration.ofMinutes(count);
      case "s" -> Duration.ofSeconds(count);
      case "ms" -> Duration.ofMillis(count);
      default -> throw new IllegalStateException("the pattern lets no unit " + unit + " through");
    };
  }
}
