package dev.holdfast.cli.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.api.dataplane.DataPlaneStatus;
import dev.holdfast.api.dataplane.DataPlaneStatus.Agreement;
import dev.holdfast.api.dataplane.DataPlaneStatus.Agreement.State;
import dev.holdfast.api.dataplane.DataPlaneStatus.BackendStatus;
import dev.holdfast.api.dataplane.DataPlaneStatus.ConnectionCounts;
import dev.holdfast.api.dataplane.DataPlaneStatus.Health;
import dev.holdfast.api.dataplane.DataPlaneStatus.HookRun;
import dev.holdfast.api.dataplane.DataPlaneStatus.LastFailover;
import dev.holdfast.api.dataplane.DataPlaneStatus.Listener;
import dev.holdfast.api.dataplane.DataPlaneStatus.Primary;
import dev.holdfast.api.dataplane.DataPlaneStatus.Reason;
import dev.holdfast.api.dataplane.DataPlaneStatus.RefusedConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusScreenTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  @Test
  @DisplayName("A running resource is shown with its primary, its backends and the last failover")
  void running() {
    assertThat(String.join("\n", StatusScreen.lines(List.of(running(5432)), NOW)))
        .isEqualTo(
            """
            FailoverProxy default/postgres
              listener     [::]:5432
              primary      pg-1 at 10.0.0.6:5432, epoch 2, since 3m (ConnectRefused)
              last change  pg-0 -> pg-1, 3m ago, 412 ms without a primary (ConnectRefused)
              hook failed  tell for pg-1, exit code 3
              connections  3 open, 0 held; 17 accepted, 1 rejected, 2 failed connects

              BACKEND  ENDPOINT       HEALTH     STATE   OPEN  SINCE
              pg-0     10.0.0.5:5432  Unhealthy  Active  0     3m     connect refused
            * pg-1     10.0.0.6:5432  Healthy    Active  3     2h\
            """);
  }

  @Test
  @DisplayName("Without a primary the closed port and the refused configuration are told")
  void withoutPrimary() {
    assertThat(StatusScreen.lines(List.of(closed()), NOW))
        .contains(
            "  listener     127.0.0.1:5432 closed: there is no primary",
            "  primary      none",
            "  refused      the newest configuration; the one before it is running:",
            "               spec.hooks: not supported");
  }

  @Test
  @DisplayName("A replica that agrees with others tells how it stands, and who leads whom")
  void agreement() {
    var members = List.of("m1", "m2", "m3");
    assertThat(StatusScreen.lines(List.of(agreeing(State.Agreed, "m2", members, null)), NOW))
        .contains("  agreement    Agreed, led by m2; members m1, m2, m3");
    assertThat(
            StatusScreen.lines(
                List.of(agreeing(State.OutOfContact, null, members, "no majority")), NOW))
        .contains("  agreement    OutOfContact (no majority), no leader; members m1, m2, m3");
    assertThat(
            StatusScreen.lines(List.of(agreeing(State.Joining, null, List.of(), "looking")), NOW))
        .contains("  agreement    Joining (looking)");
  }

  @Test
  @DisplayName("Several resources stand one below the other; none at all is said")
  void several() {
    assertThat(StatusScreen.lines(List.of(running(1), running(2)), NOW))
        .filteredOn(line -> line.startsWith("FailoverProxy"))
        .hasSize(2);
    assertThat(StatusScreen.lines(List.of(), NOW)).containsExactly("no resources");
  }

  @ParameterizedTest(name = "{0} s: {1}")
  @CsvSource({"-1, 0s", "59, 59s", "60, 1m", "3599, 59m", "3600, 1h", "86399, 23h", "86400, 1d"})
  @DisplayName("An age is its largest whole unit")
  void ages(long seconds, String shown) {
    assertThat(Age.of(NOW.minusSeconds(seconds), NOW)).isEqualTo(shown);
  }

  private static DataPlaneStatus running(int port) {
    var since = NOW.minusSeconds(200);
    return new DataPlaneStatus(
        "FailoverProxy",
        "default",
        "postgres",
        "pod-0",
        3,
        new Listener("::", port, Listener.State.Open, null),
        new Primary("pg-1", "10.0.0.6:5432", 2, since, Reason.ConnectRefused),
        List.of(
            new BackendStatus(
                "pg-0", "10.0.0.5:5432", Health.Unhealthy, "Active", "connect refused", since, 0),
            new BackendStatus(
                "pg-1",
                "10.0.0.6:5432",
                Health.Healthy,
                "Active",
                null,
                NOW.minus(Duration.ofHours(2)),
                3)),
        new LastFailover(
            "pg-0",
            "pg-1",
            since,
            Duration.ofMillis(412),
            Reason.ConnectRefused,
            List.of(
                new HookRun("lock", "pg-1", 0, Duration.ofMillis(5), false, null, "done"),
                new HookRun("tell", "pg-1", 3, Duration.ofMillis(9), false, "exit code 3", null))),
        new ConnectionCounts(3, 0, 17, 1, 2),
        null);
  }

  private static DataPlaneStatus closed() {
    return new DataPlaneStatus(
        "FailoverProxy",
        "default",
        "postgres",
        "pod-0",
        3,
        new Listener("127.0.0.1", 5432, Listener.State.Closed, null),
        null,
        List.of(),
        null,
        new ConnectionCounts(0, 0, 0, 0, 0),
        new RefusedConfig(4, List.of("spec.hooks: not supported")));
  }

  private static DataPlaneStatus agreeing(
      State state, @Nullable String leader, List<String> members, @Nullable String message) {
    var without = closed();
    return new DataPlaneStatus(
        without.kind(),
        without.namespace(),
        without.name(),
        without.instance(),
        without.generation(),
        without.listener(),
        without.primary(),
        without.backends(),
        without.lastFailover(),
        without.connections(),
        without.refused(),
        new Agreement(state, "group", leader, members, 7, message));
  }
}
