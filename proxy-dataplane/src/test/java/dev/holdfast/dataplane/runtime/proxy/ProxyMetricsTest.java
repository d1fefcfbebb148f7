package dev.holdfast.dataplane.runtime.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.dataplane.failover.Candidate;
import dev.holdfast.dataplane.failover.Notice;
import dev.holdfast.dataplane.failover.Reason;
import dev.holdfast.dataplane.metrics.MetricSink;
import dev.holdfast.dataplane.status.Statuses;
import dev.holdfast.health.Warning;
import dev.holdfast.health.Warning.Level;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ProxyMetricsTest {
  private static final String OF_DB = "resource=default/db}";

  private final ProxyMetrics metrics = new ProxyMetrics("default/db");

  @Test
  @DisplayName("Runs of checks are counted by backend, check and result")
  void checks() {
    metrics.checks().checked("a", "up", true, null);
    metrics.checks().checked("a", "up", true, null);
    metrics.checks().checked("a", "up", false, null);
    assertThat(samples())
        .containsEntry(
            "check_results_total{backend=a, check=up, resource=default/db, result=passed}", 2.0)
        .containsEntry(
            "check_results_total{backend=a, check=up, resource=default/db, result=failed}", 1.0);
  }

  @Test
  @DisplayName("A warning shows while it lasts")
  void warnings() {
    metrics.checks().checked("a", "web", true, new Warning(Level.Critical, "its certificate ends"));
    assertThat(samples()).containsEntry("check_warning{backend=a, check=web, " + OF_DB, 1.0);
    metrics.checks().checked("a", "web", true, null);
    assertThat(samples()).containsEntry("check_warning{backend=a, check=web, " + OF_DB, 0.0);
  }

  @Test
  @DisplayName("Figures of backends and checks that are not configured any more go away")
  void retain() {
    metrics.checks().checked("a", "up", true, null);
    metrics.checks().checked("a", "web", true, null);
    metrics.checks().checked("b", "up", true, null);
    metrics.retain(List.of("a"), List.of("up"));
    assertThat(samples().keySet())
        .filteredOn(name -> name.startsWith("check_"))
        .containsExactlyInAnyOrder(
            "check_results_total{backend=a, check=up, resource=default/db, result=passed}",
            "check_warning{backend=a, check=up, " + OF_DB);
  }

  @Test
  @DisplayName("Choices are counted by reason, and rounds that found nobody")
  void decisions() {
    var a = new Candidate("a", "a.db", 1, Candidate.Wish.Active, false);
    metrics.noticed(new Notice.Chosen(a, 1, Reason.Initial));
    metrics.noticed(new Notice.Chosen(a, 2, Reason.CheckFailed));
    metrics.noticed(new Notice.Chosen(a, 3, Reason.CheckFailed));
    metrics.noticed(new Notice.NoCandidate(1, Optional.of(Duration.ofSeconds(1))));
    assertThat(samples())
        .containsEntry("primaries_chosen_total{reason=Initial, " + OF_DB, 1.0)
        .containsEntry("primaries_chosen_total{reason=CheckFailed, " + OF_DB, 2.0)
        .containsEntry("fruitless_rounds_total{" + OF_DB, 1.0);
  }

  @Test
  @DisplayName("The status's primary, health and generation are shown")
  void status() {
    assertThat(samples())
        .containsEntry("primary_epoch{" + OF_DB, 7.0)
        .containsEntry("backend_health{backend=a, health=Healthy, " + OF_DB, 1.0)
        .containsEntry("backend_health{backend=a, health=Unhealthy, " + OF_DB, 0.0)
        .containsEntry("config_generation{" + OF_DB, 3.0)
        .containsEntry("config_refused{" + OF_DB, 0.0);
  }

  private Map<String, Double> samples() {
    var samples = new TreeMap<String, Double>();
    metrics.collect(
        Statuses.of("default", "db", 7, 0),
        new MetricSink() {
          @Override
          public void counter(String name, String help, Map<String, String> labels, double value) {
            gauge(name, help, labels, value);
          }

          @Override
          public void gauge(String name, String help, Map<String, String> labels, double value) {
            assertThat(help).endsWith(".");
            var before = samples.put(name.substring("holdfast_failover_".length()) + labels, value);
            assertThat(before).as("a second sample of %s%s", name, labels).isNull();
          }
        });
    return samples;
  }
}
