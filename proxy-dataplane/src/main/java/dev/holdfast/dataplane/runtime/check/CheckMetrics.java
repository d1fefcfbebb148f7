package dev.holdfast.dataplane.runtime.check;

import dev.holdfast.dataplane.metrics.MetricSink;
import dev.holdfast.health.Warning;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Counts runs of checks. Safe for use by many threads. */
public final class CheckMetrics {
  private record CheckOf(String backend, String check) {}

  private record CheckResult(String backend, String check, String result) {}

  private final String prefix;
  private final String resource;
  private final Map<CheckResult, LongAdder> results = new ConcurrentHashMap<>();
  private final Map<CheckOf, Boolean> warnings = new ConcurrentHashMap<>();

  /**
   * @param prefix of the metrics' names
   */
  public CheckMetrics(String prefix, String resource) {
    this.prefix = prefix;
    this.resource = resource;
  }

  /**
   * @param warning of this run
   */
  public void checked(String backend, String check, boolean passed, @Nullable Warning warning) {
    warnings.put(new CheckOf(backend, check), warning != null);
    count(new CheckResult(backend, check, passed ? "passed" : "failed"));
  }

  /** A run that counted for nothing. */
  void notAsked(String backend, String check) {
    count(new CheckResult(backend, check, "not_asked"));
  }

  private void count(CheckResult result) {
    results.computeIfAbsent(result, _ -> new LongAdder()).increment();
  }

  /** Drops the figures of backends and checks that are not configured any more. */
  public void retain(Collection<String> backends, Collection<String> checks) {
    results
        .keySet()
        .removeIf(key -> !backends.contains(key.backend()) || !checks.contains(key.check()));
    warnings
        .keySet()
        .removeIf(key -> !backends.contains(key.backend()) || !checks.contains(key.check()));
  }

  public void collect(MetricSink sink) {
    results.forEach((key, count) ->
        sink.counter(
            prefix + "check_results_total",
            "Runs of health checks.",
            labels(key.backend(), key.check(), "result", key.result()),
            (double) count.sum()));
    warnings.forEach((key, warns) ->
        sink.gauge(
            prefix + "check_warning",
            "1 while a check passes with a warning.",
            labels(key.backend(), key.check()),
            warns ? 1 : 0));
  }

  private Map<String, String> labels(String backend, String check, String... more) {
    var labels = new TreeMap<>(Map.of("resource", resource, "backend", backend, "check", check));
    for (int i = 0; i < more.length; i += 2) {
      labels.put(more[i], more[i + 1]);
    }
    return labels;
  }
}
