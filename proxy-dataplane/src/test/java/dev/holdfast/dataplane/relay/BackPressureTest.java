package dev.holdfast.dataplane.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NoLeaks.class)
class BackPressureTest {
  private static final int PAIRS = 40;
  private static final long WANTS_TO_SEND = 64 * 1024 * 1024;

  /** The high-water mark, one read, and what the allocator rounds up. */
  private static final long MAX_MEMORY_PER_PAIR = 256 * 1024;

  @Test
  @DisplayName("a receiver that stops reading stops its sender, and the relay keeps little of it")
  void senderStops() throws Exception {
    var ends = new CountDownLatch(1);
    var accepted = new AtomicLong();
    var clients = new ArrayList<Socket>();
    try (var backend = TestBackend.running(connection -> ends.await());
        var relay = new RelayFixture().open(backend.port())) {
      var before = directMemory();
      for (var i = 0; i < PAIRS; i++) {
        var client = relay.connect();
        clients.add(client);
        Thread.ofVirtual().start(() -> sendUntilClosed(client, accepted));
      }
      var standstill = new Standstill(relay);
      // a machine with much to do stands still for a moment, too
      await()
          .atMost(RelayFixture.PATIENCE.multipliedBy(4))
          .pollInterval(200, TimeUnit.MILLISECONDS)
          .during(600, TimeUnit.MILLISECONDS)
          .until(() -> standstill.reached() && relay.server.counts().clients() == PAIRS);

      assertThat(accepted.get()).isLessThan(PAIRS * WANTS_TO_SEND / 2);
      assertThat(directMemory() - before).isLessThan(PAIRS * MAX_MEMORY_PER_PAIR);
    } finally {
      ends.countDown();
      for (var client : clients) {
        client.close();
      }
    }
  }

  private static void sendUntilClosed(Socket client, AtomicLong accepted) {
    var piece = new byte[64 * 1024];
    try {
      for (long sent = 0; sent < WANTS_TO_SEND; sent += piece.length) {
        client.getOutputStream().write(piece);
        accepted.addAndGet(piece.length);
      }
    } catch (IOException closed) {
      // the test is over
    }
  }

  private static long directMemory() {
    return ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT).metric().usedDirectMemory();
  }
}
