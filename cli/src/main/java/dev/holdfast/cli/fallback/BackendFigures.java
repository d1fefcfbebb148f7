package dev.holdfast.cli.fallback;

import dev.holdfast.dataplane.metrics.MetricSink;
import dev.holdfast.dataplane.metrics.MetricSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The figures of the statistics, taken from the metrics. */
final class BackendFigures implements MetricSink {

  /**
   * @param requests successful connects of clients
   * @param bytes of both directions
   * @param errors failed connects, clients' and probes'
   */
  record Figures(long requests, long bytes, long errors) {
    static final Figures NONE = new Figures(0, 0, 0);

    private Figures plus(Figures more) {
      return new Figures(requests + more.requests, bytes + more.bytes, errors + more.errors);
    }
  }

  private final Map<String, Figures> byBackend = new HashMap<>();

  private BackendFigures() {}

  static Map<String, Figures> read(List<MetricSource> sources) {
    var figures = new BackendFigures();
    sources.forEach(source -> source.collect(figures));
    return figures.byBackend;
  }

  @Override
  public void counter(String name, String help, Map<String, String> labels, double value) {
    var count = (long) value;
    switch (name) {
      case "holdfast_relay_connects_total" -> add(labels, new Figures(count, 0, 0));
      case "holdfast_relay_bytes_total" -> add(labels, new Figures(0, count, 0));
      case "holdfast_relay_connect_failures_total" -> add(labels, new Figures(0, 0, count));
      case "holdfast_failover_probes_total" -> {
        if ("failed".equals(labels.get("result"))) {
          add(labels, new Figures(0, 0, count));
        }
      }
      default -> {}
    }
  }

  @Override
  public void gauge(String name, String help, Map<String, String> labels, double value) {}

  private void add(Map<String, String> labels, Figures more) {
    byBackend.merge(labels.getOrDefault("backend", ""), more, Figures::plus);
  }
}
