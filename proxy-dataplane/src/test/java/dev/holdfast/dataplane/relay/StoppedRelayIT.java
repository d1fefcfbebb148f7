package dev.holdfast.dataplane.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.holdfast.dataplane.relay.transport.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A process that is stopped for longer than its lease, and goes on: really, with signals. */
@Timeout(120)
class StoppedRelayIT {
  private static final Duration LEASE = Duration.ofMillis(300);
  private static final Duration LONGER = Duration.ofMillis(700);
  private static final int QUIET_MILLIS = 500;

  @ParameterizedTest
  @EnumSource(names = {"Splice", "Copy"})
  @DisplayName("what clients sent while the relay was stopped reaches nobody, nor do new clients")
  void nothingPasses(Transport.Choice transport) throws Exception {
    try (var server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        var relay = StoppableRelay.start(transport, server.getLocalPort());
        var client = connect(relay);
        var backend = accept(server)) {
      talk(client, backend);
      relay.lease(LEASE);
      relay.stop();
      client.getOutputStream().write(1);
      backend.getOutputStream().write(2);
      try (var late = connect(relay)) {
        late.getOutputStream().write(3);
        outlastLease();
        relay.goOn();

        assertCut(client);
        assertCut(backend);
        assertCut(late);
      }
      server.setSoTimeout(QUIET_MILLIS);
      assertThatThrownBy(server::accept).isInstanceOf(SocketTimeoutException.class);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"Splice", "Copy"})
  @DisplayName("what the relay had read before it was stopped, and not sent, is not sent after it")
  void keptBackIsLost(Transport.Choice transport) throws Exception {
    try (var server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        var relay = StoppableRelay.start(transport, server.getLocalPort());
        var client = SocketChannel.open(new InetSocketAddress("127.0.0.1", relay.port()));
        var backend = accept(server)) {
      fill(client);
      relay.lease(LEASE);
      relay.stop();
      assertThat(drain(backend)).as("bytes that were in the kernel").isPositive();
      outlastLease();
      relay.goOn();

      assertCut(backend);
      assertThatThrownBy(
              () -> {
                client.configureBlocking(true);
                client.read(ByteBuffer.allocate(1));
              })
          .isInstanceOf(IOException.class);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"Splice", "Copy"})
  @DisplayName("a relay that was stopped for less than its lease goes on with everything")
  void goesOn(Transport.Choice transport) throws Exception {
    try (var server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        var relay = StoppableRelay.start(transport, server.getLocalPort());
        var client = connect(relay);
        var backend = accept(server)) {
      talk(client, backend);
      relay.stop();
      client.getOutputStream().write(1);
      outlastLease();
      relay.goOn();
      assertThat(backend.getInputStream().read()).isEqualTo(1);
    }
  }

  private static Socket connect(StoppableRelay relay) throws IOException {
    return RelayFixture.connect(relay.port());
  }

  private static Socket accept(ServerSocket server) throws IOException {
    server.setSoTimeout((int) RelayFixture.PATIENCE.toMillis());
    var accepted = server.accept();
    accepted.setSoTimeout((int) RelayFixture.PATIENCE.toMillis());
    return accepted;
  }

  private static void talk(Socket client, Socket backend) throws IOException {
    client.getOutputStream().write(42);
    assertThat(backend.getInputStream().read()).isEqualTo(42);
    backend.getOutputStream().write(43);
    assertThat(client.getInputStream().read()).isEqualTo(43);
  }

  /** Time itself is what is waited for. */
  private static void outlastLease() {
    await().pollDelay(LONGER).until(() -> true);
  }

  private static void assertCut(Socket socket) {
    assertThatThrownBy(() -> socket.getInputStream().read())
        .isInstanceOf(SocketException.class)
        .isNotInstanceOf(SocketTimeoutException.class);
  }

  /** Until the relay takes no more. */
  private static void fill(SocketChannel client) throws IOException {
    client.configureBlocking(false);
    var piece = ByteBuffer.allocate(64 * 1024);
    await()
        .atMost(Duration.ofSeconds(40))
        .pollInterval(Duration.ofMillis(100))
        .during(Duration.ofMillis(QUIET_MILLIS))
        .until(() -> client.write(piece.clear()) == 0);
  }

  private static long drain(Socket socket) throws IOException {
    socket.setSoTimeout(QUIET_MILLIS);
    long bytes = 0;
    try {
      for (int n; (n = socket.getInputStream().read(new byte[64 * 1024])) >= 0; ) {
        bytes += n;
      }
      throw new AssertionError("the stream ended");
    } catch (SocketTimeoutException quiet) {
      socket.setSoTimeout((int) RelayFixture.PATIENCE.toMillis());
      return bytes;
    }
  }
}
