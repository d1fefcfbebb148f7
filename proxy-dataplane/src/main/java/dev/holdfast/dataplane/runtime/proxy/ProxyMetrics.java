package dev.holdfast.dataplane.runtime.proxy;

import dev.holdfast.api.dataplane.DataPlaneStatus;
import dev.holdfast.api.dataplane.DataPlaneStatus.Health;
import dev.holdfast.dataplane.failover.Notice;
import dev.holdfast.dataplane.failover.Outcome;
import dev.holdfast.dataplane.failover.Reason;
import dev.holdfast.dataplane.hooks.HookRun;
import dev.holdfast.dataplane.metrics.MetricSink;
import dev.holdfast.dataplane.runtime.check.CheckMetrics;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts what one resource decides and shows how it stands. Safe for use by many threads. */
final class ProxyMetrics {
  private static final String PREFIX = "holdfast_failover_";

  private record ProbeResult(String backend, String result) {}

  private record HookResult(String hook, String result) {}

  private final String resource;
  private final Map<HookResult, LongAdder> hookRuns = new ConcurrentHashMap<>();
  private final Map<String, LongAdder> hookNanos = new ConcurrentHashMap<>();
  private final Map<Reason, LongAdder> chosen = new ConcurrentHashMap<>();
  private final CheckMetrics checks;
  private final Map<ProbeResult, LongAdder> probes = new ConcurrentHashMap<>();
  private final LongAdder fruitlessRounds = new LongAdder();

  ProxyMetrics(String resource) {
    this.resource = resource;
    checks = new CheckMetrics(PREFIX, resource);
  }

  CheckMetrics checks() {
    return checks;
  }

  void noticed(Notice notice) {
    switch (notice) {
      case Notice.Chosen(var backend, var epoch, var reason) ->
          chosen.computeIfAbsent(reason, key -> new LongAdder()).increment();
      case Notice.NoCandidate none -> fruitlessRounds.increment();
      case Notice.Selecting _,
          Notice.Trying _,
          Notice.Discarded _,
          Notice.HooksAgain _,
          Notice.Admitted _,
          Notice.HealthChanged _,
          Notice.SwitchRefused _,
          Notice.ChallengeFailed _ -> {}
    }
  }

  void hookRan(HookRun run) {
    var result = run.succeeded() ? "succeeded" : run.timedOut() ? "timed_out" : "failed";
    hookRuns
        .computeIfAbsent(new HookResult(run.hook(), result), key -> new LongAdder())
        .increment();
    hookNanos.computeIfAbsent(run.hook(), key -> new LongAdder()).add(run.took().toNanos());
  }

  /** Drops the figures of hooks that are not configured any more. */
  void retainHooks(Collection<String> hooks) {
    hookRuns.keySet().removeIf(key -> !hooks.contains(key.hook()));
    hookNanos.keySet().removeIf(hook -> !hooks.contains(hook));
  }

  /** A backend was asked whether it may become or stay usable. */
  void probed(String backend, Outcome outcome) {
    var result =
        switch (outcome) {
          case Outcome.Connected() -> "connected";
          case Outcome.Failed _ -> "failed";
          case Outcome.NotAsked _ -> "not_asked";
        };
    probes.computeIfAbsent(new ProbeResult(backend, result), key -> new LongAdder()).increment();
  }

  /** Drops the figures of backends and checks that are not configured any more. */
  void retain(Collection<String> backends, Collection<String> configured) {
    probes.keySet().removeIf(key -> !backends.contains(key.backend()));
    checks.retain(backends, configured);
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
    collectHooks(sink);
    collectBackends(status, sink);
    collectConfig(status, sink);
  }

  private void collectHooks(MetricSink sink) {
    hookRuns.forEach((key, count) ->
        sink.counter(
            PREFIX + "hook_runs_total",
            "Runs of hooks: succeeded, failed or timed_out.",
            labels("hook", key.hook(), "result", key.result()),
            (double) count.sum()));
    hookNanos.forEach((hook, nanos) ->
        sink.counter(
            PREFIX + "hook_seconds_total",
            "Time that hooks took.",
            labels("hook", hook),
            nanos.sum() / 1e9));
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
    probes.forEach((key, count) ->
        sink.counter(
            PREFIX + "probes_total",
            "Questions to a backend whether it could be primary.",
            labels("backend", key.backend(), "result", key.result()),
            (double) count.sum()));
    checks.collect(sink);
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
