package dev.holdfast.cli.fallback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.api.dataplane.DataPlaneStatus.Health;
import dev.holdfast.api.dataplane.DataPlaneStatus.Listener;
import dev.holdfast.cli.fallback.BackendFigures.Figures;
import dev.holdfast.dataplane.metrics.MetricSink;
import dev.holdfast.dataplane.metrics.MetricSource;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class StatisticsTest {
  private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

  private final BackendHistory history = new BackendHistory();
  private final Statistics statistics =
      new Statistics(START, Duration.ofSeconds(30), ZoneOffset.UTC);

  @Test
  @DisplayName("T20 A backend's line has its figures and when it was used last")
  void inUse() {
    statistics.observe(Map.of("a", new Figures(3, 99, 0)), START.plusSeconds(7));
    statistics.observe(Map.of("a", new Figures(3, 500, 0)), START.plusSeconds(9));

    assertThat(line(Health.Healthy, 0, new Figures(3, 500, 1), 60))
        .isEqualTo(
            "STATS: <a.example:80> failed=false (downtime=0s) requests=3 bytes=500 errors=1"
                + " last=2026-01-02 03:04:12.000 +0000 Z");
  }

  @Test
  @DisplayName("T20 A backend that was never used was used at the start")
  void unused() {
    assertThat(line(Health.Unknown, 0, Figures.NONE, 60)).contains("last=2026-01-02 03:04:05.000 ");
  }

  @Test
  @DisplayName("T20 A failed backend's line has the time of the next probe")
  void failed() {
    assertThat(line(Health.Unhealthy, 10, Figures.NONE, 75))
        .startsWith("STATS: <a.example:80> failed=true (downtime=1m5s) ")
        .contains("last=2026-01-02 03:05:45.000 ");
  }

  @Test
  @DisplayName("T19 The figures are sums over directions and kinds of failure, of each backend")
  void figures() {
    MetricSource source =
        sink -> {
          sink.counter("holdfast_relay_connects_total", "", Map.of("backend", "a"), 3);
          sink.counter("holdfast_relay_bytes_total", "", Map.of("backend", "a", "d", "in"), 10);
          sink.counter("holdfast_relay_bytes_total", "", Map.of("backend", "a", "d", "out"), 5);
          sink.counter("holdfast_relay_connect_failures_total", "", Map.of("backend", "a"), 2);
          probes(sink, "a", "failed", 4);
          probes(sink, "a", "connected", 100);
          probes(sink, "b", "failed", 1);
        };

    assertThat(BackendFigures.read(List.of(source)))
        .isEqualTo(Map.of("a", new Figures(3, 15, 6), "b", new Figures(0, 0, 1)));
  }

  private static void probes(MetricSink sink, String backend, String result, int count) {
    sink.counter(
        "holdfast_failover_probes_total", "", Map.of("backend", backend, "result", result), count);
  }

  private String line(Health health, int since, Figures figures, int second) {
    var backend = Statuses.backend("a", health, "refused", START.plusSeconds(since));
    history.hear(Statuses.of(Listener.State.Open, backend));
    return statistics.line(backend, figures, history, START.plusSeconds(second));
  }
}
