package dev.holdfast.dataplane.relay;

import static dev.holdfast.dataplane.relay.RelayFixture.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.dataplane.relay.RelayServer.NewClients;
import java.net.ConnectException;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(NoLeaks.class)
class DrainTest {

  @Test
  @DisplayName("sever cuts the connections of older epochs, as resets on both sides, and no others")
  void severs() throws Exception {
    try (var backend = TestBackend.echo();
        var relay = new RelayFixture().open(backend.port());
        var old = relay.connect()) {
      say(old);
      relay.open(RelayFixture.target(backend.port(), 2));
      try (var present = relay.connect()) {
        say(present);
        relay.server.sever(2);

        assertThatThrownBy(() -> old.getInputStream().read()).isInstanceOf(SocketException.class);
        say(present);
        assertThat(relay.server.counts().backends().get("backend-2").open()).isEqualTo(1);
        soon().until(() -> relay.server.counts().backends().get("backend-1").open() == 0);
      }
    }
  }

  @Test
  @DisplayName("drain closes the port, lets connections end, and completes with the last one")
  void drains() throws Exception {
    try (var backend = TestBackend.echo();
        var relay = new RelayFixture().open(backend.port());
        var client = relay.connect()) {
      var port = relay.port();
      say(client);
      var drained =
          relay.server.drain(Duration.ofMinutes(1), NewClients.Refused).toCompletableFuture();
      soon()
          .untilAsserted(() ->
              assertThatThrownBy(() -> RelayFixture.connect(port).close())
                  .isInstanceOf(ConnectException.class));
      say(client);
      relay.open(RelayFixture.target(backend.port(), 2));
      assertThat(drained).isNotDone();

      client.shutdownOutput();
      assertThat(client.getInputStream().read()).isEqualTo(-1);
      assertThat(drained).succeedsWithin(RelayFixture.PATIENCE);
      assertThatThrownBy(() -> RelayFixture.connect(port)).isInstanceOf(ConnectException.class);
    }
  }

  @Test
  @DisplayName(
      "F29 a drain that serves new clients ends with the last of them, and closes the port")
  void drainsServing() throws Exception {
    try (var backend = TestBackend.echo();
        var relay = new RelayFixture().open(backend.port());
        var client = relay.connect()) {
      var port = relay.port();
      say(client);
      var drained =
          relay.server.drain(Duration.ofMinutes(1), NewClients.Served).toCompletableFuture();
      try (var late = relay.connect()) {
        say(late);
        client.close();
        say(late);
        assertThat(drained).isNotDone();
      }
      assertThat(drained).succeedsWithin(RelayFixture.PATIENCE);
      soon()
          .untilAsserted(() ->
              assertThatThrownBy(() -> RelayFixture.connect(port).close())
                  .isInstanceOf(ConnectException.class));
    }
  }

  @ParameterizedTest
  @EnumSource(NewClients.class)
  @DisplayName("what has not ended when the drain's time is over is cut")
  void drainTimeout(NewClients newClients) throws Exception {
    try (var backend = TestBackend.echo();
        var relay = new RelayFixture().open(backend.port());
        var client = relay.connect()) {
      say(client);
      var drained = relay.server.drain(Duration.ofMillis(200), newClients).toCompletableFuture();

      assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
      assertThat(drained).succeedsWithin(RelayFixture.PATIENCE);
      assertThat(relay.server.counts().clients()).isZero();
    }
  }

  @Test
  @DisplayName("a drain without connections completes at once")
  void nothingToDrain() {
    try (var relay = new RelayFixture()) {
      assertThat(
              relay.server.drain(Duration.ofMinutes(1), NewClients.Refused).toCompletableFuture())
          .succeedsWithin(RelayFixture.PATIENCE);
    }
  }

  private static void say(Socket client) throws Exception {
    client.getOutputStream().write(42);
    assertThat(client.getInputStream().read()).isEqualTo(42);
  }
}
