package dev.holdfast.dataplane.relay;

import static dev.holdfast.dataplane.relay.RelayFixture.soon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.dataplane.FreePorts;
import dev.holdfast.dataplane.relay.RelayEvents.ConnectFailure.Kind;
import dev.holdfast.dataplane.relay.RelayOptions.OnConnectFailure;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NoLeaks.class)
class RetryTest {
  private static final RelayOptions RETRY = RelayOptions.defaults("test/retry", "127.0.0.1", 0);

  @Test
  @DisplayName("F20 under Close the client that met the failure is closed, and the failure is told")
  void closesTheClient() throws Exception {
    try (var relay = new RelayFixture(RETRY.withOnConnectFailure(OnConnectFailure.Close))) {
      relay.open(FreePorts.next());
      try (var client = relay.connect()) {
        assertThat(client.getInputStream().read()).isEqualTo(-1);
      }
      var failed = relay.failures.remove();
      assertThat(failed.failure().kind()).isEqualTo(Kind.Refused);
      assertThat(failed.failure().message()).isEqualTo("connect refused");
      assertThat(failed.target().epoch()).isEqualTo(1);
      assertThat(relay.server.counts().backends().get("backend-1").connectFailures()).isEqualTo(1);
    }
  }

  @Test
  @DisplayName(
      "T13 under RetryNext the same client is served by the next epoch, nothing being lost")
  void retriesTheSameClient() throws Exception {
    try (var backend = TestBackend.echo();
        var relay = new RelayFixture(RETRY).open(FreePorts.next());
        var client = relay.connect()) {
      client.getOutputStream().write(new Stream(5).slice(0, 50_000));
      client.shutdownOutput();
      soon().until(() -> relay.server.counts().held() == 1);
      relay.server.admit(new Admission.Refuse());
      relay.open(RelayFixture.target(backend.port(), 2));

      assertThat(new Stream(5).check(client.getInputStream(), new byte[4096])).isEqualTo(50_000);
      assertThat(relay.failures).hasSize(1);
      assertThat(relay.server.counts().held()).isZero();
    }
  }

  @Test
  @DisplayName("a target admitted while the failure is being told is used at once")
  void retriesOnTheSpot() throws Exception {
    try (var backend = TestBackend.saying("second");
        var relay = new RelayFixture(RETRY)) {
      relay.onFailure(
          failed -> relay.open(RelayFixture.target(backend.port(), failed.target().epoch() + 1)));
      relay.open(FreePorts.next());
      try (var client = relay.connect()) {
        assertThat(read(client, 6)).isEqualTo("second");
      }
    }
  }

  @Test
  @DisplayName("the failed epoch admitted again does not release the client, another one does")
  void sameEpochDoesNotRelease() throws Exception {
    try (var backend = TestBackend.saying("second");
        var relay = new RelayFixture(RETRY).open(FreePorts.next());
        var client = relay.connect()) {
      soon().until(() -> relay.server.counts().held() == 1);
      relay.open(RelayFixture.target(backend.port(), 1));
      try (var other = relay.connect()) {
        assertThat(read(other, 6)).isEqualTo("second");
      }
      assertThat(relay.server.counts().held()).isEqualTo(1);

      relay.open(RelayFixture.target(backend.port(), 2));
      assertThat(read(client, 6)).isEqualTo("second");
    }
  }

  @Test
  @DisplayName("a client whose target can be reached after all is served by it, in its own time")
  void reachedAfterAll() throws Exception {
    try (var backend = TestBackend.saying("second");
        var relay = new RelayFixture(RETRY).open(FreePorts.next());
        var client = relay.connect()) {
      soon().until(() -> relay.server.counts().held() == 1);
      relay.server.admit(new Admission.Refuse());
      relay.server.retry(1);
      soon().until(() -> relay.server.counts().held() == 1);
      relay.open(RelayFixture.target(backend.port(), 1));
      assertThat(read(client, 6)).isEqualTo("second");
    }
  }

  @Test
  @DisplayName("a client for which no target comes is closed at the deadline, and counted")
  void deadline() throws Exception {
    var soon = new RelayOptions.Waits(seconds(5), Duration.ofMillis(200), seconds(0), seconds(0));
    try (var relay = new RelayFixture(RETRY.withWaits(soon)).open(FreePorts.next());
        var client = relay.connect()) {
      assertThat(client.getInputStream().read()).isEqualTo(-1);
      soon().until(() -> relay.server.counts().clients() == 0);
      assertThat(relay.server.counts().rejected()).isEqualTo(1);
      assertThat(relay.server.counts().held()).isZero();
    }
  }

  static Duration seconds(long seconds) {
    return Duration.ofSeconds(seconds);
  }

  static String read(Socket client, int length) throws Exception {
    return new String(client.getInputStream().readNBytes(length));
  }
}
