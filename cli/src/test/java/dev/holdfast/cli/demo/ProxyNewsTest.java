package dev.holdfast.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.api.dataplane.DataPlaneStatus;
import dev.holdfast.api.dataplane.DataPlaneStatus.BackendStatus;
import dev.holdfast.api.dataplane.DataPlaneStatus.ConnectionCounts;
import dev.holdfast.api.dataplane.DataPlaneStatus.Health;
import dev.holdfast.api.dataplane.DataPlaneStatus.LastFailover;
import dev.holdfast.api.dataplane.DataPlaneStatus.Listener;
import dev.holdfast.api.dataplane.DataPlaneStatus.Primary;
import dev.holdfast.api.dataplane.DataPlaneStatus.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ProxyNewsTest {
  private static final Instant SINCE = Instant.parse("2026-01-02T03:04:05Z");
  private static final DataPlaneStatus FIRST =
      status(primary("pg-0", 1, Reason.Initial), null, Health.Healthy);
  private static final DataPlaneStatus DOWN = status(null, null, Health.Unhealthy);
  private static final DataPlaneStatus FAILED_OVER =
      status(
          primary("pg-1", 2, Reason.CheckFailed),
          new LastFailover(
              "pg-0", "pg-1", SINCE, Duration.ofMillis(412), Reason.CheckFailed, List.of()),
          Health.Unhealthy);

  private final ProxyNews news = new ProxyNews();

  @Test
  @DisplayName("The first primary is told")
  void first() {
    assertThat(news.of(FIRST)).containsExactly("pg-0 is the primary (Initial).");
    assertThat(new ProxyNews().of(DOWN)).isEmpty();
  }

  @Test
  @DisplayName("A primary is told when its port is open, not before")
  void portClosed() {
    assertThat(news.of(closed(FIRST))).isEmpty();
    assertThat(news.of(FIRST)).containsExactly("pg-0 is the primary (Initial).");
  }

  @Test
  @DisplayName("A failover is told with who, from whom, how long it took and why")
  void failover() {
    news.of(FIRST);
    assertThat(news.of(FAILED_OVER))
        .containsExactly(
            "pg-0 is unhealthy: connect refused.",
            "Failover: pg-0 -> pg-1, 412 ms without a primary (CheckFailed).");
  }

  @Test
  @DisplayName("A failover is told once, also when the closing of the port is told after it")
  void once() {
    news.of(FIRST);
    news.of(FAILED_OVER);
    assertThat(news.of(closed(FAILED_OVER))).isEmpty();
    assertThat(news.of(FAILED_OVER)).isEmpty();
    news.of(closed(FAILED_OVER));
    assertThat(news.of(DOWN)).containsExactly("There is no primary: the port is closed.");
  }

  @Test
  @DisplayName("The loss of the last backend is told, and that the port is closed")
  void none() {
    news.of(FIRST);
    assertThat(news.of(DOWN))
        .containsExactly(
            "pg-0 is unhealthy: connect refused.", "There is no primary: the port is closed.");
    assertThat(news.of(DOWN)).isEmpty();
  }

  @Test
  @DisplayName("A backend that is back is told; what is as before is not")
  void back() {
    var back = status(FAILED_OVER.primary(), FAILED_OVER.lastFailover(), Health.Healthy);

    news.of(FAILED_OVER);
    assertThat(news.of(back)).containsExactly("pg-0 is healthy.");
    assertThat(news.of(back)).isEmpty();
  }

  private static DataPlaneStatus closed(DataPlaneStatus status) {
    var health = status.backends().getFirst().health();
    return status(status.primary(), status.lastFailover(), health, Listener.State.Closed);
  }

  private static Primary primary(String name, int epoch, Reason reason) {
    return new Primary(name, "127.0.0.1:1", epoch, SINCE, reason);
  }

  private static DataPlaneStatus status(
      Primary primary, LastFailover lastFailover, Health healthOfFirst) {
    return status(primary, lastFailover, healthOfFirst, Listener.State.Open);
  }

  private static DataPlaneStatus status(
      Primary primary, LastFailover lastFailover, Health healthOfFirst, Listener.State listener) {
    var reason = healthOfFirst == Health.Unhealthy ? "connect refused" : null;
    return new DataPlaneStatus(
        "FailoverProxy",
        "default",
        "postgres",
        "host",
        0,
        new Listener("127.0.0.1", 5432, listener, null),
        primary,
        List.of(
            new BackendStatus("pg-0", "127.0.0.1:1", healthOfFirst, "Active", reason, SINCE, 0)),
        lastFailover,
        new ConnectionCounts(0, 0, 0, 0, 0),
        null);
  }
}
