package dev.holdfast.dataplane.relay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** A TCP server on loopback that runs a script for every connection, on a thread of its own. */
final class TestBackend implements AutoCloseable {

  interface Script {
    void run(Socket connection) throws Exception;
  }

  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  final AtomicInteger connections = new AtomicInteger();

  /** What scripts threw, other than that the peer closed. */
  final Queue<Throwable> errors = new ConcurrentLinkedQueue<>();

  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final ServerSocket socket;

  private TestBackend(Script script, InetAddress address, int port) {
    try {
      socket = new ServerSocket(port, 4096, address);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(() -> accept(script));
  }

  static TestBackend running(Script script) {
    return new TestBackend(script, LOOPBACK, 0);
  }

  /** Sends back what it gets, then ends its side too. */
  static TestBackend echo() {
    return running(connection -> {
      connection.getInputStream().transferTo(connection.getOutputStream());
      connection.shutdownOutput();
    });
  }

  /** Says its name, then waits for the client's end. */
  static TestBackend saying(String name) {
    return saying(name, LOOPBACK, 0);
  }

  static TestBackend saying(String name, InetAddress address, int port) {
    return new TestBackend(
        connection -> {
          connection.getOutputStream().write(name.getBytes());
          connection.getInputStream().readAllBytes();
        },
        address,
        port);
  }

  int port() {
    return socket.getLocalPort();
  }

  private void accept(Script script) {
    while (!socket.isClosed()) {
      try {
        var connection = socket.accept();
        connection.setSoTimeout((int) RelayFixture.PATIENCE.toMillis());
        connections.incrementAndGet();
        open.add(connection);
        Thread.ofVirtual().start(() -> run(script, connection));
      } catch (IOException e) {
        if (!socket.isClosed()) {
          errors.add(e);
        }
      }
    }
  }

  private void run(Script script, Socket connection) {
    try (connection) {
      script.run(connection);
    } catch (SocketException closedByPeer) {
      // scripts that care for it look themselves
    } catch (Throwable e) {
      errors.add(e);
    } finally {
      open.remove(connection);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
    for (var connection : open) {
      connection.close();
    }
  }
}
