package dev.holdfast.dataplane.metrics;

import java.util.Map;

/** Takes one scrape's samples. Names end in their unit; label values are bounded sets. */
public interface MetricSink {

  void counter(String name, String help, Map<String, String> labels, double value);

  void gauge(String name, String help, Map<String, String> labels, double value);
}
