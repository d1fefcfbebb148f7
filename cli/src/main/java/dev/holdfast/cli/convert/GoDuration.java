package dev.holdfast.cli.convert;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Durations as Go programs read and print them: {@code 300ms}, {@code 1.5h}, {@code 1m30s}. */
public final class GoDuration {
  private static final Pattern WHOLE =
      Pattern.compile("[+-]?(0|((\\d+(\\.\\d*)?|\\.\\d+)(ns|us|µs|μs|ms|s|m|h))+)");
  private static final Pattern PART =
      Pattern.compile("(\\d+\\.?\\d*|\\.\\d+)(ns|us|µs|μs|ms|s|m|h)");
  private static final BigDecimal LONGEST = BigDecimal.valueOf(Long.MAX_VALUE);

  private GoDuration() {}

  /**
   * @throws IllegalArgumentException when the text has another form or says more than 292 years
   */
  public static Duration parse(String text) {
    if (!WHOLE.matcher(text).matches()) {
      throw malformed(text);
    }
    var nanos =
        PART.matcher(text)
            .results()
            .map(part -> new BigDecimal(part.group(1)).multiply(nanosIn(part.group(2))))
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    if (nanos.compareTo(LONGEST) > 0) {
      throw malformed(text);
    }
    var length = Duration.ofNanos(nanos.setScale(0, RoundingMode.DOWN).longValueExact());
    return text.startsWith("-") ? length.negated() : length;
  }

  /** To the millisecond: {@code 0s}, {@code 250ms}, {@code 1.5s}, {@code 1h0m3s}. */
  public static String format(Duration duration) {
    var millis = duration.toMillis();
    if (millis < 1000) {
      return millis <= 0 ? "0s" : millis + "ms";
    }
    var seconds = BigDecimal.valueOf(millis % 60_000, 3).stripTrailingZeros().toPlainString() + "s";
    var minutes = millis / 60_000;
    if (minutes == 0) {
      return seconds;
    }
    return minutes < 60
        ? minutes + "m" + seconds
        : minutes / 60 + "h" + minutes % 60 + "m" + seconds;
  }

  private static BigDecimal nanosIn(String unit) {
    return BigDecimal.valueOf(
        switch (unit) {
          case "ns" -> 1L;
          case "ms" -> 1_000_000L;
          case "s" -> 1_000_000_000L;
          case "m" -> 60_000_000_000L;
          case "h" -> 3_600_000_000_000L;
          default -> 1_000L; // us with a u or with either mu
        });
  }

  private static IllegalArgumentException malformed(String text) {
    return new IllegalArgumentException(
        "expected a duration such as 300ms, 5s or 1m30s, found '%s'".formatted(text));
  }

  /** For picocli. */
  public static final class Converter implements ITypeConverter<Duration> {

    @Override
    public Duration convert(String text) {
      try {
        return parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}
