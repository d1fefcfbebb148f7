package dev.holdfast.dataplane.runtime;

import dev.holdfast.api.dataplane.DataPlaneStatus;
import dev.holdfast.api.dataplane.DataPlaneStatus.Health;
import dev.holdfast.dataplane.failover.Notice;
import dev.holdfast.dataplane.failover.Reason;
import dev.holdfast.dataplane.metrics.MetricSink;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts what one resource decides and shows how it stands. Safe for use by many threads. */
final class ProxyMetrics {
  private static final String PREFIX = "holdfast_failover_";

  private record CheckResult(String backend, String check, String result) {}

  private final String resource;
  private final Map<Reason, LongAdder> chosen = new ConcurrentHashMap<>();
  private final Map<CheckResult, LongAdder> checks = new ConcurrentHashMap<>();
  private final LongAdder fruitlessRounds = new LongAdder();

  ProxyMetrics(String resource) {
    this.resource = resource;
  }

  void noticed(Notice notice) {
    switch (notice) {
      case Notice.Chosen(var backend, var epoch, var reason) ->
          chosen.computeIfAbsent(reason, key -> new LongAdder()).increment();
      case Notice.NoCandidate none -> fruitlessRounds.increment();
      case Notice.Selecting _,
          Notice.Discarded _,
          Notice.HealthChanged _,
          Notice.SwitchRefused _,
          Notice.ChallengeFailed _ -> {}
    }
  }

  void checked(String backend, String check, boolean passed) {
    checks
        .computeIfAbsent(
            new CheckResult(backend, check, passed ? "passed" : "failed"), key -> new LongAdder())
        .increment();
  }

  /** Drops the figures of backends that are not configured any more. */
  void retain(Collection<String> backends) {
    checks.keySet().removeIf(key -> !backends.contains(key.backend()));
  }

  void collect(DataPlaneStatus status, MetricSink sink) {
    var primary = status.primary();
    sink.gauge(
        PREFIX + "primary_epoch",
        "Epoch of the primary; 0 while there is none.",
        labels(),
        primary == null ? 0 : (double) primary.epoch());
    chosen.forEach((reason, count) ->
        sink.counter(
            PREFIX + "primaries_chosen_total",
            "Primaries chosen, by reason.",
            labels("reason", reason.name()),
            (double) count.sum()));
    sink.counter(
        PREFIX + "fruitless_rounds_total",
        "Selection rounds in which no backend was usable.",
        labels(),
        (double) fruitlessRounds.sum());
    collectBackends(status, sink);
    collectConfig(status, sink);
  }

  private void collectBackends(DataPlaneStatus status, MetricSink sink) {
    for (var backend : status.backends()) {
      for (var health : Health.values()) {
        sink.gauge(
            PREFIX + "backend_health",
            "1 for the health that the backend has.",
            labels("backend", backend.name(), "health", health.name()),
            backend.health() == health ? 1 : 0);
      }
    }
    checks.forEach((key, count) ->
        sink.counter(
            PREFIX + "check_results_total",
            "Runs of health checks.",
            labels("backend", key.backend(), "check", key.check(), "result", key.result()),
            (double) count.sum()));
  }

  private void collectConfig(DataPlaneStatus status, MetricSink sink) {
    sink.gauge(
        PREFIX + "config_generation",
        "Generation of the configuration that runs; 0 outside a cluster.",
        labels(),
        (double) status.generation());
    sink.gauge(
        PREFIX + "config_refused",
        "1 while a newer configuration than the running one is refused.",
        labels(),
        status.refused() == null ? 0 : 1);
  }

  private Map<String, String> labels(String... namesAndValues) {
    var labels = new TreeMap<>(Map.of("resource", resource));
    for (int i = 0; i < namesAndValues.length; i += 2) {
      labels.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return labels;
  }
}
