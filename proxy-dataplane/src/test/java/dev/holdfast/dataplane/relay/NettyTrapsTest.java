package dev.holdfast.dataplane.relay;

import static dev.holdfast.dataplane.relay.RelayFixture.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Where Netty's own channels and its {@code spliceTo} lose bytes or ends. */
@ExtendWith(NoLeaks.class)
class NettyTrapsTest {
  private static final long BULK = 24 * 1024 * 1024;
  private static final Stream UP = new Stream(3);
  private static final Stream DOWN = new Stream(4);

  @Test
  @DisplayName(
      "after a client's end of stream nothing of either direction is lost to slow readers"
          + " (EpollSocketChannel leaves epoll at a FIN and drops what is queued)")
  void halfClosedUnderBackPressure() throws Exception {
    try (var backend =
            TestBackend.running(connection -> {
              assertThat(readSlowly(UP, connection.getInputStream())).isEqualTo(BULK);
              DOWN.write(connection.getOutputStream(), BULK);
            });
        var relay = new RelayFixture().open(backend.port());
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var sessions = new ArrayList<Callable<Long>>();
      for (var i = 0; i < 4; i++) {
        sessions.add(() -> askAndHalfClose(relay));
      }
      for (var answer : threads.invokeAll(sessions)) {
        assertThat(answer.get()).isEqualTo(BULK);
      }
      assertThat(backend.errors).isEmpty();
    }
  }

  private static long askAndHalfClose(RelayFixture relay) throws Exception {
    try (var client = relay.connect()) {
      UP.write(client.getOutputStream(), BULK);
      client.shutdownOutput();
      return readSlowly(DOWN, client.getInputStream());
    }
  }

  /** Gives way now and then, so that the sender meets full buffers again and again. */
  private static long readSlowly(Stream stream, InputStream in) throws Exception {
    var buffer = new byte[300_000];
    long position = 0;
    for (int n; (n = in.read(buffer)) >= 0; ) {
      position = stream.checkPiece(buffer, n, position);
      TimeUnit.MICROSECONDS.sleep(200);
    }
    return position;
  }

  @Test
  @DisplayName("a FIN behind unread bulk cuts nothing off (spliceTo truncates there)")
  void endBehindUnreadBulk() throws Exception {
    try (var backend =
            TestBackend.running(connection -> DOWN.write(connection.getOutputStream(), BULK / 8));
        var relay = new RelayFixture().open(backend.port());
        var client = relay.connect()) {
      // the backend's FIN comes while the relay still has much to deliver
      soon().until(() -> sentToClient(relay) > 0);
      assertThat(readSlowly(DOWN, client.getInputStream())).isEqualTo(BULK / 8);
    }
  }

  @Test
  @DisplayName("a reset in the middle of bulk arrives as a reset (spliceTo makes an end of it)")
  void resetInBulk() throws Exception {
    try (var backend =
            TestBackend.running(connection -> {
              DOWN.write(connection.getOutputStream(), BULK);
              connection.setSoLinger(true, 0);
            });
        var relay = new RelayFixture().open(backend.port());
        var client = relay.connect()) {
      assertThatThrownBy(() -> DOWN.check(client.getInputStream(), new byte[100_000]))
          .isInstanceOf(SocketException.class);
    }
  }

  @Test
  @DisplayName(
      "bytes and end of a client that came before the backend are kept, in order"
          + " (RDHUP forces a read although autoRead is off)")
  void endBeforeTheLink() throws Exception {
    try (var backend = TestBackend.echo();
        var relay = new RelayFixture()) {
      relay.server.admit(new Admission.Hold());
      try (var client = relay.connect()) {
        UP.write(client.getOutputStream(), 200_000);
        client.shutdownOutput();
        soon().until(() -> relay.server.counts().held() == 1);
        relay.open(backend.port());

        assertThat(UP.check(client.getInputStream(), new byte[10_000])).isEqualTo(200_000);
      }
    }
  }

  @Test
  @DisplayName("bytes around urgent data pass, although a read stops there")
  void urgentData() throws Exception {
    try (var backend = TestBackend.echo();
        var relay = new RelayFixture().open(backend.port());
        var client = relay.connect()) {
      client.getOutputStream().write(1);
      assertThat(client.getInputStream().read()).isEqualTo(1);
      for (var round = 0; round < 50; round++) {
        sendAroundUrgent(client);
        assertThat(client.getInputStream().readNBytes(6)).containsExactly("abcdef".getBytes());
      }
    }
  }

  private static void sendAroundUrgent(Socket client) throws Exception {
    client.getOutputStream().write("abc".getBytes());
    client.sendUrgentData('!');
    client.getOutputStream().write("def".getBytes());
  }

  private static long sentToClient(RelayFixture relay) {
    return relay.server.counts().backends().values().stream()
        .mapToLong(ConnectionCounts.Backend::bytesToClient)
        .sum();
  }
}
