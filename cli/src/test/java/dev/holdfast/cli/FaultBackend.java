package dev.holdfast.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A backend that says its name on a line and then echoes, or floods. It can go silent: then its
 * port answers no SYN any more. As a process of its own it can be killed and stopped.
 */
final class FaultBackend implements AutoCloseable {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
  private static final int PROBE_MILLIS = 300;
  private static final int MAX_FILLERS = 64;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  interface Script {
    void run(Socket client) throws IOException;
  }

  private final ServerSocket server;
  private final Script script;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final Thread acceptor;
  private final List<Socket> fillers = new ArrayList<>();
  private volatile boolean silent;

  private FaultBackend(int backlog, Script script) throws IOException {
    this.script = script;
    server = new ServerSocket(0, backlog, LOOPBACK);
    acceptor = Thread.ofVirtual().start(this::accept);
  }

  static FaultBackend saying(String name, int backlog) throws IOException {
    return new FaultBackend(
        backlog,
        client -> {
          client.getOutputStream().write((name + "\n").getBytes());
          client.getInputStream().transferTo(client.getOutputStream());
        });
  }

  /** Sends without end as fast as it can. */
  static FaultBackend flooding() throws IOException {
    return new FaultBackend(
        4096,
        client -> {
          var piece = new byte[64 * 1024];
          while (!client.isClosed()) {
            client.getOutputStream().write(piece);
          }
        });
  }

  /** A backend in a process of its own, which ends with this. */
  record Spawned(ProcessHandle process, int port) implements AutoCloseable {
    @Override
    public void close() {
      process.destroyForcibly();
    }
  }

  static Spawned spawn(String name) throws IOException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var builder =
        new ProcessBuilder(java, "-Xmx64m", "-XX:+UseSerialGC", FaultBackend.class.getName(), name);
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    var process = builder.redirectErrorStream(true).start();
    return new Spawned(process.toHandle(), Integer.parseInt(process.inputReader().readLine()));
  }

  /** Prints its port, and serves until it is killed. */
  static void main(String[] args) throws IOException, InterruptedException {
    try (var backend = saying(args[0], 1024)) {
      System.out.println(backend.port());
      Thread.currentThread().join();
    }
  }

  int port() {
    return server.getLocalPort();
  }

  /** Packets to the port are dropped from now on; what is open stays open. */
  void goSilent() throws IOException, InterruptedException {
    silent = true;
    answers();
    // with the one that it waited for it ends, and makes no room in the queue later
    if (!acceptor.join(PATIENCE)) {
      throw new IllegalStateException("the backend goes on accepting");
    }
    for (var i = 0; answers(); i++) {
      if (i == MAX_FILLERS) {
        throw new IllegalStateException("the kernel queues more than the backlog says");
      }
    }
  }

  private boolean answers() throws IOException {
    var filler = new Socket();
    fillers.add(filler);
    try {
      filler.connect(server.getLocalSocketAddress(), PROBE_MILLIS);
      return true;
    } catch (SocketTimeoutException full) {
      return false;
    }
  }

  private void accept() {
    try {
      while (!silent) {
        var client = server.accept();
        open.add(client);
        Thread.ofVirtual().start(() -> serve(client));
      }
    } catch (IOException e) {
      if (!server.isClosed()) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      script.run(client);
    } catch (IOException clientGone) {
      // as clients do
    } finally {
      open.remove(client);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (var socket : open) {
      socket.close();
    }
    for (var socket : fillers) {
      socket.close();
    }
  }
}
