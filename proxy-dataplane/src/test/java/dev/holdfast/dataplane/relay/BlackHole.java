package dev.holdfast.dataplane.relay;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/** A port that answers no SYN: its accept queue is full and nobody accepts. */
final class BlackHole implements AutoCloseable {
  private static final int PROBE_MILLIS = 250;
  private static final int MAX_FILLERS = 16;

  private final ServerSocket socket;
  private final List<Socket> fillers = new ArrayList<>();

  BlackHole() throws IOException {
    socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
    while (answers()) {
      if (fillers.size() > MAX_FILLERS) {
        throw new IllegalStateException("the kernel queues more connects than the backlog says");
      }
    }
  }

  private boolean answers() throws IOException {
    var filler = new Socket();
    fillers.add(filler);
    try {
      filler.connect(new InetSocketAddress("127.0.0.1", port()), PROBE_MILLIS);
      return true;
    } catch (SocketTimeoutException full) {
      return false;
    }
  }

  int port() {
    return socket.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    for (var filler : fillers) {
      filler.close();
    }
    socket.close();
  }
}
