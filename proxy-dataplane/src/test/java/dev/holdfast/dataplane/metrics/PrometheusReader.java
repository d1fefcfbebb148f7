package dev.holdfast.dataplane.metrics;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads Prometheus' text format 0.0.4 and throws at anything that is not exactly in order. */
public final class PrometheusReader {
  private static final Pattern HELP = Pattern.compile("# HELP ([a-zA-Z_:][\\w:]*) (.*)");
  private static final Pattern TYPE = Pattern.compile("# TYPE ([a-zA-Z_:][\\w:]*) (counter|gauge)");
  private static final Pattern SAMPLE =
      Pattern.compile(
          "([a-zA-Z_:][\\w:]*)(?:\\{((?:[a-zA-Z_]\\w*=\"(?:[^\"\\\\]|\\\\[\\\\\"n])*\",?)*)})?"
              + " (\\S+)");
  private static final Pattern LABEL =
      Pattern.compile("([a-zA-Z_]\\w*)=\"((?:[^\"\\\\]|\\\\[\\\\\"n])*)\"");

  private PrometheusReader() {}

  public record Series(String name, Map<String, String> labels) {}

  public static Map<Series, Double> read(String text) {
    if (!text.endsWith("\n")) {
      throw new IllegalArgumentException("the last line does not end");
    }
    var samples = new LinkedHashMap<Series, Double>();
    Set<String> helped = new HashSet<>();
    Set<String> typed = new HashSet<>();
    var family = "";
    for (var line : text.split("\n")) {
      if (line.startsWith("# HELP")) {
        family = matched(HELP, line).group(1);
        once(helped.add(family), line);
      } else if (line.startsWith("# TYPE")) {
        var name = matched(TYPE, line).group(1);
        once(typed.add(name) && name.equals(family), line);
      } else {
        var sample = matched(SAMPLE, line);
        once(sample.group(1).equals(family) && typed.contains(family), line);
        var series = new Series(sample.group(1), labels(sample.group(2)));
        once(samples.put(series, number(sample.group(3))) == null, line);
      }
    }
    return samples;
  }

  private static Matcher matched(Pattern pattern, String line) {
    var matcher = pattern.matcher(line);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not a line of the format: " + line);
    }
    return matcher;
  }

  private static void once(boolean right, String line) {
    if (!right) {
      throw new IllegalArgumentException("out of order or given twice: " + line);
    }
  }

  private static Map<String, String> labels(String text) {
    var labels = new HashMap<String, String>();
    var matcher = LABEL.matcher(text == null ? "" : text);
    while (matcher.find()) {
      var value =
          matcher
              .group(2)
              .replace("\\\\", "\u0000")
              .replace("\\n", "\n")
              .replace("\\\"", "\"")
              .replace("\u0000", "\\");
      once(labels.put(matcher.group(1), value) == null, text);
    }
    return labels;
  }

  private static double number(String text) {
    return switch (text) {
      case "+Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }
}
