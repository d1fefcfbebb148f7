package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong outside, seen by clients of the real program with the memory of a pod. */
@Timeout(180)
class FaultIT {
  private static final Duration DEADLINE = Duration.ofSeconds(60);
  private static final Map<String, String> POD_MEMORY =
      Map.of("JDK_JAVA_OPTIONS", "-Xms8m -Xmx64m -Xss256k");

  @TempDir Path directory;
  private final List<AutoCloseable> opened = new ArrayList<>();
  private HoldfastProcess run;
  private int port;

  @AfterEach
  void end() throws Exception {
    for (var each : opened.reversed()) {
      each.close();
    }
  }

  @Test
  @DisplayName("A storm of 10,000 connections is served whole, in the memory of a pod")
  void storm() throws Exception {
    var backend = keep(FaultBackend.saying("a", 4096));
    start(manifest("", backend.port()));
    var atOnce = new Semaphore(2_000);
    try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
      var greetings = new ArrayList<Future<String>>();
      for (var i = 0; i < 10_000; i++) {
        Callable<String> client =
            () -> {
              atOnce.acquire();
              try {
                return Client.greeting(port);
              } finally {
                atOnce.release();
              }
            };
        greetings.add(clients.submit(client));
      }
      for (var greeting : greetings) {
        assertThat(greeting.get(120, TimeUnit.SECONDS)).isEqualTo("a");
      }
    }
    assertThat(run.residentMegabytes()).isLessThan(300);
  }

  @Test
  @DisplayName("Slow readers of a fast writer cost bounded memory, and nobody else waits for them")
  void slowReaders() throws Exception {
    var flood = keep(FaultBackend.flooding());
    start(manifest("", flood.port()));
    // some 11 MB each in socket buffers; 200 would use up what the kernel allows all sockets of the
    // machine together, and then even a direct connection stands still
    for (var i = 0; i < 40; i++) {
      var slow = keep(new Socket("127.0.0.1", port));
      assertThat(slow.getInputStream().read()).isZero();
    }
    try (var fast = new Socket("127.0.0.1", port)) {
      fast.setSoTimeout((int) DEADLINE.toMillis());
      assertThat(fast.getInputStream().readNBytes(50_000_000)).hasSize(50_000_000);
    }
    assertThat(run.residentMegabytes()).isLessThan(300);
    assertThat(run.err()).noneMatch(line -> line.contains("OutOfMemory"));
  }

  @Test
  @DisplayName("F20 T13 1,000 clients meet a primary gone silent: all are served by the next one")
  void silentPrimary() throws Exception {
    var dying = keep(FaultBackend.saying("a", 1));
    var next = keep(FaultBackend.saying("b", 4096));
    var policy =
        "connections: {whileNoPrimary: {policy: Hold, holdFor: 30s, maxHeld: 2000}}\n"
            + "  selection: {connectTimeout: 3s}";
    start(manifest(policy, dying.port(), next.port()));
    assertThat(Client.greeting(port)).isEqualTo("a");
    dying.goSilent();

    var begun = System.nanoTime();
    try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
      var greetings = new ArrayList<Future<String>>();
      for (var i = 0; i < 1_000; i++) {
        greetings.add(clients.submit(() -> Client.greeting(port)));
      }
      for (var greeting : greetings) {
        assertThat(greeting.get(60, TimeUnit.SECONDS)).isEqualTo("b");
      }
    }
    // far below what one after the other would cost: each connect to the dead one takes three
    // seconds
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(45));
  }

  @Test
  @DisplayName(
      "kill -9 of a backend resets its sessions, and its next client gets the next backend")
  void killed() throws Exception {
    var backend = keep(FaultBackend.spawn("a"));
    var next = keep(FaultBackend.saying("b", 1024));
    start(manifest("", backend.port(), next.port()));
    try (var session = new Socket("127.0.0.1", port)) {
      session.setSoTimeout((int) DEADLINE.toMillis());
      assertThat(session.getInputStream().readNBytes(2)).asString().isEqualTo("a\n");
      assertThat(backend.process().destroyForcibly()).isTrue();
      assertThat(endOf(session)).isTrue();
    }
    // its sessions go before its port
    backend.process().onExit().get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
    assertThat(Client.greeting(port)).isEqualTo("b");
  }

  @Test
  @DisplayName("SIGSTOP of a backend, which accepts and never answers: idle clients go, it resumes")
  void stopped() throws Exception {
    var backend = keep(FaultBackend.spawn("a"));
    start(manifest("connections: {idleTimeout: 3s}", backend.port()));
    assertThat(Client.greeting(port)).isEqualTo("a");
    HoldfastProcess.signal("STOP", backend.process().pid());
    try (var client = new Socket("127.0.0.1", port)) {
      client.setSoTimeout((int) DEADLINE.toMillis());
      assertThat(endOf(client)).isTrue();
    }
    HoldfastProcess.signal("CONT", backend.process().pid());

    await().atMost(DEADLINE).until(() -> "a".equals(Client.greeting(port)));
  }

  private void start(String manifest) throws IOException {
    run = keep(HoldfastProcess.start(POD_MEMORY, "run", "--admin", "none", manifest));
    awaitListening();
  }

  private void awaitListening() {
    run.awaitErr("listening on .*" + port);
  }

  /**
   * @param more a line of the spec
   */
  private String manifest(String more, int... backends) throws IOException {
    port = Client.freePort();
    var text = new StringBuilder(Manifests.head("port: " + port)).append("  backends:\n");
    for (var i = 0; i < backends.length; i++) {
      text.append("    - {name: b%d, host: 127.0.0.1, port: %d}%n".formatted(i, backends[i]));
    }
    if (!more.isEmpty()) {
      text.append("  ").append(more).append('\n');
    }
    return Files.writeString(directory.resolve("fault.yaml"), text).toString();
  }

  private <T extends AutoCloseable> T keep(T closeable) {
    opened.add(closeable);
    return closeable;
  }

  /** An end of stream or a reset; false when something was said instead. */
  private static boolean endOf(Socket socket) throws IOException {
    try {
      return socket.getInputStream().read() == -1;
    } catch (SocketException reset) {
      return true;
    }
  }
}
