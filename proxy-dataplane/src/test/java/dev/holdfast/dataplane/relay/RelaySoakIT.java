package dev.holdfast.dataplane.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NoLeaks.class)
class RelaySoakIT {
  private static final int CONNECTIONS = 100_000;
  private static final int WARM_UP = 5_000;
  private static final int CLIENTS = 8;
  private static final int MAX_MORE_DESCRIPTORS = 10;
  private static final long MAX_MORE_HEAP = 8 * 1024 * 1024;

  @Test
  @Timeout(300)
  @DisplayName("after 100,000 short connections descriptors and heap are where they were before")
  void flat() throws Exception {
    try (var backend = TestBackend.echo();
        var relay = new RelayFixture().open(backend.port())) {
      var port = relay.port();
      run(port, WARM_UP);
      awaitQuiet(relay);
      var descriptors = descriptors();
      var heap = heapAfterGc();

      run(port, CONNECTIONS);
      awaitQuiet(relay);

      assertThat(relay.server.counts().backends().get("backend-1").connected())
          .isEqualTo(CONNECTIONS + WARM_UP);
      assertThat(relay.server.counts().rejected()).isZero();
      await()
          .atMost(RelayFixture.PATIENCE)
          .untilAsserted(() ->
              assertThat(descriptors()).isLessThanOrEqualTo(descriptors + MAX_MORE_DESCRIPTORS));
      assertThat(heapAfterGc()).isLessThan(heap + MAX_MORE_HEAP);
      assertThat(backend.errors).isEmpty();
    }
  }

  private static void run(int port, int connections) throws Exception {
    try (var threads = Executors.newFixedThreadPool(CLIENTS)) {
      var runs = new ArrayList<Future<?>>();
      for (var client = 0; client < CLIENTS; client++) {
        // an address for each, so that ports in TIME_WAIT do not run out
        var source = new InetSocketAddress("127.0.0." + (10 + client), 0);
        runs.add(threads.submit(() -> connectOften(source, port, connections / CLIENTS)));
      }
      for (var run : runs) {
        run.get();
      }
    }
  }

  private static Void connectOften(InetSocketAddress source, int port, int times)
      throws IOException {
    for (var i = 0; i < times; i++) {
      try (var socket = new Socket()) {
        socket.setSoTimeout((int) RelayFixture.PATIENCE.toMillis());
        socket.bind(source);
        socket.connect(new InetSocketAddress("127.0.0.1", port));
        socket.getOutputStream().write(i);
        assertThat(socket.getInputStream().read()).isEqualTo(i & 0xff);
        if (i % 2 == 0) {
          socket.setSoLinger(true, 0);
        } else {
          socket.shutdownOutput();
          assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
      }
    }
    return null;
  }

  private static void awaitQuiet(RelayFixture relay) {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> relay.server.counts().clients() == 0 && relay.server.counts().open() == 0);
  }

  private static long descriptors() throws IOException {
    try (var open = Files.list(Path.of("/proc/self/fd"))) {
      return open.count();
    }
  }

  private static long heapAfterGc() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
