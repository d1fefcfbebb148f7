package dev.holdfast.dataplane.relay;

import static dev.holdfast.dataplane.relay.RelayFixture.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.Socket;
import java.net.SocketException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NoLeaks.class)
class HalfCloseTest {
  private static final long LENGTH = 16 * 1024 * 1024;
  private static final Stream UP = new Stream(11);
  private static final Stream DOWN = new Stream(22);

  @Test
  @DisplayName("F27 T18 a client that ends its side first still gets every byte of a long answer")
  void clientEndsFirst() throws Exception {
    try (var backend =
            TestBackend.running(connection -> {
              assertThat(UP.check(connection.getInputStream(), new byte[10_000])).isEqualTo(LENGTH);
              DOWN.write(connection.getOutputStream(), LENGTH);
            });
        var relay = new RelayFixture().open(backend.port());
        var client = relay.connect()) {
      UP.write(client.getOutputStream(), LENGTH);
      client.shutdownOutput();

      assertThat(DOWN.check(client.getInputStream(), new byte[10_000])).isEqualTo(LENGTH);
      assertThat(backend.errors).isEmpty();
    }
  }

  @Test
  @DisplayName("T18 a backend that ends its side first still gets every byte the client sends")
  void backendEndsFirst() throws Exception {
    var received = new CompletableFuture<Long>();
    try (var backend =
            TestBackend.running(connection -> {
              DOWN.write(connection.getOutputStream(), LENGTH);
              connection.shutdownOutput();
              received.complete(UP.check(connection.getInputStream(), new byte[10_000]));
            });
        var relay = new RelayFixture().open(backend.port());
        var client = relay.connect()) {
      assertThat(DOWN.check(client.getInputStream(), new byte[10_000])).isEqualTo(LENGTH);
      UP.write(client.getOutputStream(), LENGTH);
      client.shutdownOutput();

      assertThat(received.get(10, TimeUnit.SECONDS)).isEqualTo(LENGTH);
    }
  }

  @Test
  @DisplayName("an end of stream behind bytes that the backend has not read yet arrives after them")
  void endWaitsForBackedUpBytes() throws Exception {
    var mayRead = new CountDownLatch(1);
    var received = new CompletableFuture<Long>();
    try (var backend =
            TestBackend.running(connection -> {
              mayRead.await();
              received.complete(UP.check(connection.getInputStream(), new byte[50_000]));
              DOWN.write(connection.getOutputStream(), LENGTH);
            });
        var relay = new RelayFixture().open(backend.port());
        var client = relay.connect()) {
      var sent = send(client);
      awaitStandstill(relay);
      mayRead.countDown();

      assertThat(received.get(10, TimeUnit.SECONDS)).isEqualTo(LENGTH);
      assertThat(sent).succeedsWithin(RelayFixture.PATIENCE);
      assertThat(DOWN.check(client.getInputStream(), new byte[50_000])).isEqualTo(LENGTH);
    }
  }

  @Test
  @DisplayName("a client's reset reaches the backend as a reset, though it had ended its own side")
  void clientResets() throws Exception {
    var heard = new CompletableFuture<Throwable>();
    try (var backend =
            TestBackend.running(connection -> {
              connection.shutdownOutput();
              hearReset(connection, heard);
            });
        var relay = new RelayFixture().open(backend.port())) {
      try (var client = relay.connect()) {
        client.getOutputStream().write(1);
        assertThat(client.getInputStream().read()).isEqualTo(-1);
        client.setSoLinger(true, 0);
      }
      assertThat(heard.get(10, TimeUnit.SECONDS)).isInstanceOf(SocketException.class);
    }
  }

  @Test
  @DisplayName("a backend's reset reaches the client as a reset, not as an end of stream")
  void backendResets() throws Exception {
    try (var backend =
            TestBackend.running(connection -> {
              connection.getInputStream().read();
              connection.setSoLinger(true, 0);
            });
        var relay = new RelayFixture().open(backend.port());
        var client = relay.connect()) {
      client.getOutputStream().write(1);

      assertThatThrownBy(() -> client.getInputStream().read())
          .isInstanceOf(SocketException.class)
          .hasMessageContaining("reset");
      soon().until(() -> relay.server.counts().clients() == 0);
    }
  }

  private static CompletableFuture<Void> send(Socket client) {
    var sent = new CompletableFuture<Void>();
    Thread.ofVirtual()
        .start(() -> {
          try {
            UP.write(client.getOutputStream(), LENGTH);
            client.shutdownOutput();
            sent.complete(null);
          } catch (Exception e) {
            sent.completeExceptionally(e);
          }
        });
    return sent;
  }

  private static void awaitStandstill(RelayFixture relay) {
    await()
        .atMost(RelayFixture.PATIENCE)
        .pollInterval(200, TimeUnit.MILLISECONDS)
        .until(new Standstill(relay)::reached);
  }

  private static void hearReset(Socket connection, CompletableFuture<Throwable> heard) {
    try {
      connection.getInputStream().readAllBytes();
      heard.complete(new AssertionError("expected a reset, heard an end of stream"));
    } catch (Exception e) {
      heard.complete(e);
    }
  }
}
