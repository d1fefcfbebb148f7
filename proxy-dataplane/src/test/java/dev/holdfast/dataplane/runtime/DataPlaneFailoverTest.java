package dev.holdfast.dataplane.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.api.dataplane.DataPlaneStatus.Health;
import dev.holdfast.api.dataplane.DataPlaneStatus.Reason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DataPlaneFailoverTest {
  /** Patient with a slow machine, yet quick: a dead backend refuses at once. */
  private static final String FAST_CHECK =
      "checks: [{name: up, tcp: {}, interval: 2s, timeout: 2s, fastInterval: 100ms, fall: 2}]\n";

  private final SampleBackend a = SampleBackend.start("a");
  private final SampleBackend b = SampleBackend.start("b");
  private final Rig rig = new Rig();

  @AfterEach
  void stop() {
    rig.close();
    a.close();
    b.close();
  }

  @Test
  @DisplayName("F10 Clients reach the first backend once it is admitted")
  void firstBackend() throws Exception {
    rig.running(Rig.backends(a, b));
    assertThat(rig.primary()).isEqualTo("a/1");
    assertThat(SampleClient.reached(rig.port())).isEqualTo("a");
    assertThat(rig.status().connections().accepted()).isEqualTo(1);
  }

  @Test
  @DisplayName("RetryNext: the client that met the failure gets the next backend")
  void retryNext() throws Exception {
    rig.running(Rig.backends(a, b));
    a.close();
    assertThat(SampleClient.reached(rig.port())).isEqualTo("b");
    assertThat(rig.primary()).isEqualTo("b/2");
    assertThat(rig.status().lastFailover().from()).isEqualTo("a");
    assertThat(rig.status().lastFailover().reason()).isEqualTo(Reason.ConnectRefused);
  }

  @Test
  @DisplayName("F20 Close: the client that met the failure is closed, the next one gets through")
  void close() throws Exception {
    rig.running(
        Rig.backends(a, b)
            + "connections: {onConnectFailure: Close, whileNoPrimary: {policy: Hold}}\n");
    a.close();
    try (var unlucky = new SampleClient(rig.port())) {
      assertThat(unlucky.lineOrReset()).isNull();
    }
    rig.awaitPrimary("b/2");
    rig.awaitReached("b");
  }

  @Test
  @DisplayName("Checks find a dead backend without any client, and the failover is reported")
  void checks() throws Exception {
    rig.running(Rig.backends(a, b) + FAST_CHECK);
    rig.await(status -> status.backends().getFirst().health() == Health.Healthy);
    a.close();
    rig.awaitPrimary("b/2");
    assertThat(rig.status().lastFailover().reason()).isEqualTo(Reason.CheckFailed);
    assertThat(rig.status().backends().getFirst().reason()).isEqualTo("check up: connect refused");
    rig.awaitReached("b");
  }

  @Test
  @DisplayName("T16 FirstHealthy goes back to a better backend, and old sessions stay")
  void failback() throws Exception {
    rig.running(Rig.backends(a, b) + FAST_CHECK + "selection: {mode: FirstHealthy}\n");
    rig.await(status -> status.backends().getFirst().health() == Health.Healthy);
    var port = a.port();
    a.close();
    rig.awaitPrimary("b/2");
    rig.awaitReached("b");
    try (var session = new SampleClient(rig.port())) {
      assertThat(session.line()).isEqualTo("b");
      try (var back = SampleBackend.start("a", port)) {
        rig.awaitPrimary("a/3");
        assertThat(rig.status().lastFailover().reason()).isEqualTo(Reason.Failback);
        rig.awaitReached("a");
        assertThat(session.echo("still here")).isEqualTo("still here");
      }
    }
  }

  @Test
  @DisplayName("F22 Sever cuts sessions of the old primary when there is a new one")
  void sever() throws Exception {
    rig.running(
        Rig.backends(a, b) + "connections: {onPrimaryChange: {policy: Sever}}\n" + FAST_CHECK);
    rig.await(status -> status.backends().getFirst().health() == Health.Healthy);
    try (var session = new SampleClient(rig.port())) {
      assertThat(session.line()).isEqualTo("a");
      a.stopListening();
      rig.awaitPrimary("b/2");
      assertThat(session.lineOrReset()).isNull();
    }
  }

  @Test
  @DisplayName("T17 A session that ends in an error says nothing against its backend")
  void sessionError() throws Exception {
    rig.running(Rig.backends(a, b));
    try (var session = new SampleClient(rig.port())) {
      assertThat(session.line()).isEqualTo("a");
      a.cutSessions();
      assertThat(session.lineOrReset()).isNull();
    }
    assertThat(SampleClient.reached(rig.port())).isEqualTo("a");
    assertThat(rig.primary()).isEqualTo("a/1");
  }

  @Test
  @DisplayName("T14 With Close, a client for whom no backend is left is accepted and closed")
  void allDead() throws Exception {
    rig.running(
        Rig.backends(a, b)
            + """
            selection: {mode: FirstHealthy, connectTimeout: 200ms}
            connections: {whileNoPrimary: {policy: Close, holdFor: 100ms}}
            """);
    a.close();
    b.close();
    try (var client = new SampleClient(rig.port())) {
      assertThat(client.lineOrReset()).isNull();
    }
    rig.await(status -> status.primary() == null);
    try (var client = new SampleClient(rig.port())) {
      assertThat(client.lineOrReset()).isNull();
    }
  }

  @Test
  @DisplayName("F18 With no backend usable it goes on trying, and serves when one comes")
  void waits() throws Exception {
    var port = a.port();
    a.close();
    var policy = "selection: {retryBackoff: {initial: 100ms, max: 200ms}}\n";
    rig.apply("backends: [{name: a, host: 127.0.0.1, port: %d}]%n".formatted(port) + policy);
    rig.await(status -> status.backends().getFirst().health() == Health.Unhealthy);
    try (var back = SampleBackend.start("a", port)) {
      rig.awaitPrimary("a/1");
      rig.awaitReached("a");
    }
  }
}
