package dev.holdfast.dataplane.relay;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * A connection of the JDK that asks its pair before it sends. The loop sends what was kept back
 * without asking any handler, so that this cannot be done further up.
 */
final class NioTcpChannel extends NioSocketChannel {
  private @Nullable Pair pair;

  /** Not connected. */
  NioTcpChannel() {}

  /** An accepted connection. */
  NioTcpChannel(Channel parent, SocketChannel socket) {
    super(parent, socket);
  }

  void linked(Pair newPair) {
    pair = newPair;
  }

  @Override
  protected void doWrite(ChannelOutboundBuffer unsent) throws Exception {
    if (pair == null || pair.mayMove()) {
      super.doWrite(unsent);
    }
  }
}
