package dev.holdfast.cli.fallback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.api.dataplane.DataPlaneStatus.BackendStatus;
import dev.holdfast.api.dataplane.DataPlaneStatus.Health;
import dev.holdfast.api.dataplane.DataPlaneStatus.Listener;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class BackendHistoryTest {
  private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

  private final BackendHistory history = new BackendHistory();

  @Test
  @DisplayName("T12 Listening is told once")
  void listening() {
    assertThat(history.hear(Statuses.of(Listener.State.Closed))).isEmpty();
    assertThat(history.hear(Statuses.of(Listener.State.Open)))
        .containsExactly("Listening on [::]:80");
    assertThat(history.hear(Statuses.of(Listener.State.Open))).isEmpty();
  }

  @Test
  @DisplayName("T15 T23 An outage is told at its beginning and at its end, with its length")
  void outage() {
    assertThat(hear("a", Health.Healthy, null, 0)).isEmpty();
    assertThat(hear("a", Health.Unhealthy, "refused", 10))
        .containsExactly("Failed to connect to backend a.example:80: refused");
    assertThat(hear("a", Health.Unhealthy, "refused", 10)).isEmpty();
    assertThat(hear("a", Health.Healthy, null, 70))
        .containsExactly("Backend is back a.example:80, downtime: 1m0s");
    assertThat(hear("a", Health.Healthy, null, 70)).isEmpty();
  }

  @Test
  @DisplayName("T11 A backend that fails at the start is told, too")
  void failedAtStart() {
    assertThat(hear("a", Health.Unhealthy, null, 0))
        .containsExactly("Failed to connect to backend a.example:80: no reason is known");
  }

  @Test
  @DisplayName("T20 The down time is that of all outages, the present one included")
  void downtime() {
    hear("a", Health.Unhealthy, "refused", 10);
    assertThat(downtimeAt(15)).isEqualTo(Duration.ofSeconds(5));
    hear("a", Health.Healthy, null, 20);
    assertThat(downtimeAt(99)).isEqualTo(Duration.ofSeconds(10));
    hear("a", Health.Unhealthy, "refused", 100);
    assertThat(downtimeAt(101)).isEqualTo(Duration.ofSeconds(11));
    assertThat(history.failedSince("a")).contains(START.plusSeconds(100));
    assertThat(history.failedSince("b")).isEmpty();
  }

  private List<String> hear(String backend, Health health, String why, int second) {
    BackendStatus status = Statuses.backend(backend, health, why, START.plusSeconds(second));
    return history.hear(Statuses.of(Listener.State.Closed, status));
  }

  private Duration downtimeAt(int second) {
    return history.downtime("a", START.plusSeconds(second));
  }
}
