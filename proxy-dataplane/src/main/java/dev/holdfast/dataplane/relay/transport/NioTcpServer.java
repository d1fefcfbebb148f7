package dev.holdfast.dataplane.relay.transport;

import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.internal.SocketUtils;
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.util.List;

/** A listening channel of the JDK whose children are {@link NioTcpChannel}s. */
final class NioTcpServer extends NioServerSocketChannel {

  NioTcpServer(ServerSocketChannel socket) {
    super(socket);
  }

  @Override
  protected int doReadMessages(List<Object> accepted) throws IOException {
    var client = SocketUtils.accept(javaChannel());
    if (client == null) {
      return 0;
    }
    accepted.add(new NioTcpChannel(this, client));
    return 1;
  }
}
