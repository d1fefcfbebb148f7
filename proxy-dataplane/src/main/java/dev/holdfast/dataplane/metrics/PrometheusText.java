package dev.holdfast.dataplane.metrics;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Writes one scrape in Prometheus' text format 0.0.4: families by name, samples by labels, so that
 * equal figures give equal text. For one thread.
 */
public final class PrometheusText implements MetricSink {
  public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");
  private static final Pattern LABEL = Pattern.compile("(?!__)[a-zA-Z_][a-zA-Z0-9_]*");

  private record Family(String type, String help, TreeMap<String, Double> samples) {}

  private final TreeMap<String, Family> families = new TreeMap<>();

  @Override
  public void counter(String name, String help, Map<String, String> labels, double value) {
    add("counter", name, help, labels, value);
  }

  @Override
  public void gauge(String name, String help, Map<String, String> labels, double value) {
    add("gauge", name, help, labels, value);
  }

  private void add(
      String type, String name, String help, Map<String, String> labels, double value) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("not a metric name: " + name);
    }
    var family = families.computeIfAbsent(name, key -> new Family(type, help, new TreeMap<>()));
    if (!family.type().equals(type)) {
      throw new IllegalArgumentException(name + " is given as counter and as gauge");
    }
    if (family.samples().put(text(labels), value) != null) {
      throw new IllegalArgumentException(name + text(labels) + " is given twice");
    }
  }

  private static String text(Map<String, String> labels) {
    for (var name : labels.keySet()) {
      if (!LABEL.matcher(name).matches()) {
        throw new IllegalArgumentException("not a label name: " + name);
      }
    }
    return labels.isEmpty()
        ? ""
        : new TreeMap<>(labels)
            .entrySet().stream()
                .map(label -> label.getKey() + "=\"" + quoted(label.getValue()) + "\"")
                .collect(Collectors.joining(",", "{", "}"));
  }

  private static String escaped(String help) {
    return help.replace("\\", "\\\\").replace("\n", "\\n");
  }

  private static String quoted(String value) {
    return escaped(value).replace("\"", "\\\"");
  }

  private static String number(double value) {
    if (Double.isInfinite(value)) {
      return value > 0 ? "+Inf" : "-Inf";
    }
    // Beyond 2^53 a double does not hold every integer.
    boolean integer = value == Math.rint(value) && Math.abs(value) <= 1L << 53;
    return integer ? Long.toString((long) value) : Double.toString(value);
  }

  /** The scrape, as far as it was collected. */
  @Override
  public String toString() {
    var text = new StringBuilder(8192);
    families.forEach((name, family) -> {
      text.append("# HELP ").append(name).append(' ').append(escaped(family.help()));
      text.append("\n# TYPE ").append(name).append(' ').append(family.type()).append('\n');
      family
          .samples()
          .forEach((labels, value) ->
              text.append(name).append(labels).append(' ').append(number(value)).append('\n'));
    });
    return text.toString();
  }
}
