package dev.holdfast.dataplane.relay.transport;

import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;
import io.netty.channel.SingleThreadEventLoop;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.util.concurrent.CompletableFuture;

/** A listening socket of the JDK. */
final class NioListeningSocket implements ListeningSocket {
  private static final int BACKLOG = 4096;

  private final ServerSocketChannel socket;
  private final NioServerSocketChannel channel;

  private NioListeningSocket(ServerSocketChannel socket) {
    this.socket = socket;
    channel = new NioTcpServer(socket);
  }

  /**
   * @param shared several sockets may be bound to the address
   */
  static NioListeningSocket bind(InetSocketAddress address, boolean shared) throws IOException {
    var socket = ServerSocketChannel.open(family(address.getAddress()));
    try {
      socket.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      if (shared) {
        socket.setOption(StandardSocketOptions.SO_REUSEPORT, true);
      }
      return new NioListeningSocket(socket.bind(address, BACKLOG));
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  /** A socket of the IPv4 family would else become one of both families when bound to 0.0.0.0. */
  private static ProtocolFamily family(InetAddress address) {
    return address instanceof Inet6Address
        ? StandardProtocolFamily.INET6
        : StandardProtocolFamily.INET;
  }

  @Override
  public InetSocketAddress address() throws IOException {
    return (InetSocketAddress) socket.getLocalAddress();
  }

  @Override
  public void serve(EventLoop loop, ChannelHandler acceptor) {
    channel.pipeline().addLast(acceptor);
    loop.register(channel);
  }

  @Override
  public void discard() throws IOException {
    socket.close();
  }

  @Override
  public CompletableFuture<Void> close(boolean takeQueued) {
    var closed = new CompletableFuture<Void>();
    var loop = channel.eventLoop();
    loop.execute(() -> {
      if (takeQueued) {
        acceptQueued();
      }
      channel.close().addListener(done -> afterNextSelect(loop, () -> closed.complete(null)));
    });
    return closed;
  }

  /**
   * The JDK closes a registered socket's descriptor when the selector next takes its cancelled keys
   * out: until then the port is open, and the kernel goes on queueing clients.
   */
  private static void afterNextSelect(EventLoop loop, Runnable task) {
    // what is submitted from the end of this iteration runs behind the next one's select
    ((SingleThreadEventLoop) loop).executeAfterEventLoopIteration(() -> loop.execute(task));
  }

  private void acceptQueued() {
    try {
      for (var client = socket.accept(); client != null; client = socket.accept()) {
        channel.pipeline().fireChannelRead(new NioTcpChannel(channel, client));
      }
    } catch (IOException e) {
      channel.pipeline().fireExceptionCaught(e);
    }
  }
}
