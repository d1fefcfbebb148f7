package dev.holdfast.cli;

import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/** One TCP connection on loopback, line by line; nothing waits for more than thirty seconds. */
final class Client implements AutoCloseable {
  private static final int DEADLINE = 30_000;
  private static final int FIRST_PORT = 10_000;
  private static final int PORTS = 20_000;

  /** Tests that run beside these begin elsewhere. */
  private static final AtomicInteger TAKEN =
      new AtomicInteger((int) (ProcessHandle.current().pid() * 97 % PORTS));

  private final Socket socket = new Socket();
  private final BufferedReader in;

  private Client(int port, int answerMillis) throws IOException {
    try {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), DEADLINE);
      socket.setSoTimeout(answerMillis);
      in = new BufferedReader(new InputStreamReader(socket.getInputStream()));
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  static Client connect(int port) throws IOException {
    return new Client(port, DEADLINE);
  }

  /** Tries until a connection is accepted. */
  static Client connectWithin(Duration limit, int port) {
    return await()
        .atMost(limit)
        .ignoreExceptionsInstanceOf(ConnectException.class)
        .until(() -> connect(port), Objects::nonNull);
  }

  /** Waits for an answer for so long at most. */
  static Client connect(int port, int answerMillis) throws IOException {
    return new Client(port, answerMillis);
  }

  /** What a new connection is greeted with; null when it is closed instead. */
  static String greeting(int port) throws IOException {
    try (var client = connect(port)) {
      return client.line();
    }
  }

  /**
   * A port that nobody listens on at the moment, and that is given to nobody else: not by this, and
   * not by the kernel to whoever connects somewhere, which begins above.
   */
  static int freePort() throws IOException {
    while (true) {
      var port = FIRST_PORT + TAKEN.getAndIncrement() % PORTS;
      try (var server = new ServerSocket(port)) {
        return server.getLocalPort();
      } catch (BindException taken) {
        // another process's: the next one
      }
    }
  }

  String line() throws IOException {
    return in.readLine();
  }

  /** Sends a line to a sample backend and returns what comes back. */
  String echo(String line) throws IOException {
    socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
    return line();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
