package dev.holdfast.dataplane.relay;

import static dev.holdfast.dataplane.relay.RelayFixture.soon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.dataplane.relay.RelayOptions.Limits;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NoLeaks.class)
class RampTest {
  private static final int CLIENTS = 20;
  private static final int PER_SECOND = 20;

  private final List<Socket> clients = new ArrayList<>();

  @AfterEach
  void end() throws Exception {
    for (var client : clients) {
      client.close();
    }
  }

  @Test
  @DisplayName("held clients reach a fresh primary in the order they came, at the ramp's rate")
  void paced() throws Exception {
    try (var backend = new ServerSocket(0, CLIENTS, InetAddress.getLoopbackAddress());
        var relay = new RelayFixture(options(PER_SECOND, 1_000), 1)) {
      relay.server.admit(new Admission.Hold());
      hold(relay, CLIENTS);
      var start = System.nanoTime();
      relay.open(RelayFixture.target(backend.getLocalPort(), 1));

      for (var i = 0; i < CLIENTS; i++) {
        try (var connection = backend.accept()) {
          assertThat(connection.getInputStream().read()).isEqualTo(i);
        }
      }
      // the first one at once, each other one after a twentieth of a second
      assertThat(System.nanoTime() - start)
          .isGreaterThanOrEqualTo(
              TimeUnit.MILLISECONDS.toNanos((CLIENTS - 2) * 1_000 / PER_SECOND));
    }
  }

  @Test
  @DisplayName("a new client queues behind the held ones")
  void behind() throws Exception {
    try (var backend = new ServerSocket(0, CLIENTS, InetAddress.getLoopbackAddress());
        var relay = new RelayFixture(options(PER_SECOND, 1_000), 1)) {
      relay.server.admit(new Admission.Hold());
      hold(relay, 5);
      relay.open(RelayFixture.target(backend.getLocalPort(), 1));
      connect(relay, 5);

      for (var i = 0; i <= 5; i++) {
        try (var connection = backend.accept()) {
          assertThat(connection.getInputStream().read()).isEqualTo(i);
        }
      }
    }
  }

  @Test
  @DisplayName("a primary is fresh until nobody had to wait for a second; an epoch is fresh once")
  void ends() {
    var clock = new EmbeddedChannel();
    clock.freezeTime();
    var ramp = new Ramp(clock.eventLoop(), new ParkingLot(), "test/ramp");
    ramp.begin(1, PER_SECOND);
    ramp.letGo(1);
    clock.runPendingTasks();
    clock.advanceTimeBy(999, TimeUnit.MILLISECONDS);
    clock.runScheduledPendingTasks();
    assertThat(ramp.queues(1)).isTrue();

    clock.advanceTimeBy(1, TimeUnit.MILLISECONDS);
    clock.runScheduledPendingTasks();
    assertThat(ramp.queues(1)).isFalse();
    ramp.begin(1, PER_SECOND);
    assertThat(ramp.queues(1)).isFalse();
    ramp.begin(2, 0);
    assertThat(ramp.queues(2)).isFalse();
    clock.finishAndReleaseAll();
  }

  @Test
  @DisplayName("nobody is let go before the epoch can be seen: the first one would be the last")
  void notBefore() {
    var clock = new EmbeddedChannel();
    var ramp = new Ramp(clock.eventLoop(), new ParkingLot(), "test/ramp");
    ramp.begin(1, PER_SECOND);
    assertThat(ramp.queues(1)).isTrue();
    assertThat(clock.hasPendingTasks()).isFalse();
    ramp.letGo(1);
    assertThat(clock.hasPendingTasks()).isTrue();
    clock.finishAndReleaseAll();
  }

  @Test
  @DisplayName("the queue is bounded: who finds it full is closed and counted")
  void bounded() throws Exception {
    try (var backend = TestBackend.saying("x");
        var relay = new RelayFixture(options(1, 2)).open(backend.port())) {
      for (var i = 0; i < 20; i++) {
        connect(relay, 0);
      }
      soon().until(() -> relay.server.counts().rejected() >= 4);
      assertThat(relay.server.counts().held()).isLessThanOrEqualTo(2);
    }
  }

  private static RelayOptions options(int perSecond, int maxHeld) {
    return RelayOptions.defaults("test/ramp", "127.0.0.1", 0)
        .withLimits(new Limits(0, 0, maxHeld, perSecond));
  }

  private void hold(RelayFixture relay, int count) throws Exception {
    for (var i = 0; i < count; i++) {
      connect(relay, i);
      var held = i + 1;
      soon().until(() -> relay.server.counts().held() == held);
    }
  }

  private void connect(RelayFixture relay, int firstByte) throws Exception {
    var client = relay.connect();
    clients.add(client);
    client.getOutputStream().write(firstByte);
  }
}
