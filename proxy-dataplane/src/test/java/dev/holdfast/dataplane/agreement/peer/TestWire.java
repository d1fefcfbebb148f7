package dev.holdfast.dataplane.agreement.peer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/** Passes bytes on until it is frozen, which neither end is told. */
final class TestWire implements AutoCloseable {
  private final ServerSocket server = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
  private final InetSocketAddress target;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final Semaphore flowing = new Semaphore(1);

  TestWire(InetSocketAddress target) throws IOException {
    this.target = target;
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  void freeze() {
    flowing.acquireUninterruptibly();
  }

  void thaw() {
    flowing.release();
  }

  private void accept() {
    try {
      while (true) {
        var near = server.accept();
        var far = new Socket(target.getAddress(), target.getPort());
        sockets.add(near);
        sockets.add(far);
        Thread.ofVirtual().start(() -> pass(near, far));
        Thread.ofVirtual().start(() -> pass(far, near));
      }
    } catch (IOException ended) {
      // the wire is closed
    }
  }

  private void pass(Socket from, Socket to) {
    var bytes = new byte[16_384];
    try (from;
        to) {
      for (int n = from.getInputStream().read(bytes);
          n > 0;
          n = from.getInputStream().read(bytes)) {
        flowing.acquireUninterruptibly();
        flowing.release();
        to.getOutputStream().write(bytes, 0, n);
      }
    } catch (IOException ended) {
      // one of the ends is gone
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (var socket : sockets) {
      socket.close();
    }
  }
}
