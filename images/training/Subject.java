import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The JVM that is trained: it writes its AOT cache when SIGTERM has ended it. */
record Subject(Process process) implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  static Subject start(Map<String, String> environment, String[] java, String... arguments)
      throws IOException {
    var command = new ArrayList<>(List.of(java));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).inheritIO();
    builder.environment().putAll(environment);
    return new Subject(builder.start());
  }

  /** A loopback port that was free a moment ago. */
  static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Waits until the subject listens on a loopback port. */
  void awaitListening(int port) throws IOException, InterruptedException {
    var end = Instant.now().plus(PATIENCE);
    while (true) {
      try (var socket = new Socket()) {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return;
      } catch (ConnectException e) {
        if (process.waitFor(50, TimeUnit.MILLISECONDS) || Instant.now().isAfter(end)) {
          throw new IOException("the subject does not listen on port " + port, e);
        }
      }
    }
  }

  /** Ends the subject as Kubernetes would, and waits for its cache. */
  void finish() throws IOException, InterruptedException {
    process.destroy();
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new IOException("the subject still runs " + PATIENCE + " after SIGTERM");
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
