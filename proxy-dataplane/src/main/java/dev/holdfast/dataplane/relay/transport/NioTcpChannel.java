package dev.holdfast.dataplane.relay.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * A connection of the JDK that asks its link before it sends. The loop sends what was kept back
 * without asking any handler, so that this cannot be done further up.
 */
final class NioTcpChannel extends NioSocketChannel {
  private @Nullable Link link;

  /** Not connected. */
  NioTcpChannel() {}

  /** An accepted connection. */
  NioTcpChannel(Channel parent, SocketChannel socket) {
    super(parent, socket);
  }

  void linked(Link newLink) {
    link = newLink;
  }

  @Override
  protected void doWrite(ChannelOutboundBuffer unsent) throws Exception {
    if (link == null || link.mayMove()) {
      super.doWrite(unsent);
    }
  }
}
