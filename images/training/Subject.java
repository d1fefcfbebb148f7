import java.io.IOException;
import java.net.BindException;
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
import java.util.concurrent.ThreadLocalRandom;
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

  /**
   * A port that was free a moment ago, below those that the kernel gives out by itself, so that no
   * other process is given it meanwhile.
   */
  static int freePort() throws IOException {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(20_000, 32_768);
      try (var socket = new ServerSocket(port)) {
        return socket.getLocalPort();
      } catch (BindException taken) {
        continue;
      }
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
