package dev.holdfast.dataplane.relay.transport;

import io.netty.channel.Channel;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** The JDK's sockets and copied buffers. */
final class CopyTransport extends Transport {

  CopyTransport(int threads, Memory memory) {
    super(new MultiThreadIoEventLoopGroup(threads, NioIoHandler.newFactory()), threads, memory);
  }

  @Override
  public String name() {
    return "Copy";
  }

  @Override
  public TransferEngine engine() {
    return new CopyEngine(this);
  }

  @Override
  public Channel newChannel(InetAddress address) {
    return new NioTcpChannel();
  }

  @Override
  public ListeningSocket bind(InetSocketAddress address, boolean shared, SocketOptions sockets)
      throws IOException {
    return NioListeningSocket.bind(address, shared);
  }

  @Override
  public Class<? extends DatagramChannel> datagrams() {
    return NioDatagramChannel.class;
  }

  @Override
  public Class<? extends SocketChannel> streams() {
    return NioSocketChannel.class;
  }
}
