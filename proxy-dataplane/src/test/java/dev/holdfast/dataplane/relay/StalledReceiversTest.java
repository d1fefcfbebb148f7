package dev.holdfast.dataplane.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.holdfast.dataplane.relay.epoll.Pipe;
import dev.holdfast.dataplane.relay.transport.SpliceTransport;
import dev.holdfast.dataplane.relay.transport.Transport;
import dev.holdfast.dataplane.relay.transport.UnsentBytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Receivers that have stopped taking, and less memory than their senders would fill. */
@ExtendWith(NoLeaks.class)
class StalledReceiversTest {
  private static final RelayOptions OPTIONS = RelayOptions.defaults("test/stalled", "127.0.0.1", 0);
  private static final int PAIRS = 60;
  private static final int WANTS_TO_SEND = 64 * 1024 * 1024;

  /** A high-water mark and a read while memory is short, and what a copying pair adds to them. */
  private static final long LITTLE_PER_PAIR = 3L * UnsentBytes.LITTLE;

  /** What was read before it was known that memory is short. */
  private static final long FIRST_READS = 256 * 1024;

  @Test
  @DisplayName("with no room for unsent bytes stalled pairs keep little, and go on when taken from")
  void keepLittle() throws Exception {
    var take = new CountDownLatch(1);
    var clients = new ArrayList<Socket>();
    var memory = new Transport.Memory(ByteBufAllocator.DEFAULT::directBuffer, 0);
    try (var backend =
            TestBackend.running(connection -> {
              take.await();
              connection.getInputStream().transferTo(OutputStream.nullOutputStream());
            });
        var relay = new RelayFixture(OPTIONS, RelayFixture.transport(1, memory))) {
      relay.open(backend.port());
      for (var i = 0; i < PAIRS; i++) {
        var client = relay.connect();
        clients.add(client);
        Thread.ofVirtual().start(() -> sendUntilClosed(client));
      }
      var standstill = new Standstill(relay);
      await()
          .atMost(Duration.ofSeconds(60))
          .pollInterval(300, TimeUnit.MILLISECONDS)
          .until(() -> standstill.reached() && relay.transport.unsentBytes() > 0);
      assertThat(relay.transport.unsentBytes())
          .isLessThanOrEqualTo(FIRST_READS + PAIRS * LITTLE_PER_PAIR);

      var moved = standstill.moved();
      take.countDown();
      await().atMost(Duration.ofSeconds(60)).until(() -> standstill.moved() > moved);
      closeAll(clients);
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> relay.server.counts().clients() == 0 && relay.transport.unsentBytes() == 0);
    } finally {
      take.countDown();
      closeAll(clients);
    }
  }

  @Test
  @DisplayName("a pair for whose unsent bytes there is no memory is cut, and others go on")
  void noMemory() throws Exception {
    var ends = new CountDownLatch(1);
    var memory = new Transport.Memory(StalledReceiversTest::none, 0);
    var transport = RelayFixture.transport(1, memory);
    // the copying transport has Netty's own buffers, and Netty closes what it has none for
    assumeThat(transport).isInstanceOf(SpliceTransport.class);
    try (var backend = TestBackend.running(connection -> ends.await());
        var echo = TestBackend.echo();
        var relay = new RelayFixture(OPTIONS, transport)) {
      var pipes = takePipes((SpliceTransport) transport);
      relay.open(backend.port());
      try (var client = relay.connect()) {
        sendUntilClosed(client);
      }
      await().atMost(RelayFixture.PATIENCE).until(() -> relay.server.counts().clients() == 0);
      assertThat(relay.accessEntries.remove().end()).isEqualTo("OutOfMemory");
      assertThat(transport.unsentBytes()).isZero();

      relay.open(RelayFixture.target(echo.port(), 2));
      try (var client = relay.connect()) {
        client.getOutputStream().write("still here".getBytes());
        assertThat(RetryTest.read(client, 10)).isEqualTo("still here");
      }
      giveBack((SpliceTransport) transport, pipes);
    } finally {
      ends.countDown();
    }
  }

  /** So that all is copied. */
  private static List<Pipe> takePipes(SpliceTransport transport) {
    var loop = transport.loops().next();
    var taken = new ArrayList<Pipe>();
    loop.submit(
            () -> {
              for (var pipe = transport.transit(loop).pipes().take();
                  pipe != null;
                  pipe = transport.transit(loop).pipes().take()) {
                taken.add(pipe);
              }
            })
        .syncUninterruptibly();
    return taken;
  }

  private static void giveBack(SpliceTransport transport, List<Pipe> pipes) {
    var loop = transport.loops().next();
    loop.submit(() -> pipes.forEach(transport.transit(loop).pipes()::takeBack))
        .syncUninterruptibly();
  }

  private static void sendUntilClosed(Socket client) {
    var piece = new byte[64 * 1024];
    try {
      for (var sent = 0; sent < WANTS_TO_SEND; sent += piece.length) {
        client.getOutputStream().write(piece);
      }
    } catch (IOException closed) {
      // reset by the relay, or the test is over
    }
  }

  private static void closeAll(List<Socket> clients) throws IOException {
    for (var client : clients) {
      client.close();
    }
  }

  /** As Netty does when its limit is reached. */
  private static ByteBuf none(int bytes) {
    throw new OutOfMemoryError("Cannot reserve " + bytes + " bytes");
  }
}
