package dev.holdfast.health.probe;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** Listens but accepts nobody, with its queue full: the kernel drops further SYNs silently. */
final class FullBackend implements AutoCloseable {
  private final ServerSocket listener;
  private final List<SocketChannel> queued = new ArrayList<>();

  FullBackend() throws IOException {
    listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    for (int i = 0; i < 4; i++) {
      var client = SocketChannel.open();
      client.configureBlocking(false);
      client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port()));
      queued.add(client);
    }
  }

  int port() {
    return listener.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    for (var client : queued) {
      client.close();
    }
    listener.close();
  }
}
