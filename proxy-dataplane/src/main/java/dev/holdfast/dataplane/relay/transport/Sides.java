package dev.holdfast.dataplane.relay.transport;

import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;

/** How both sides' sockets are set up and ended. */
public final class Sides {
  private static final int MAX_READ = 64 * 1024;
  private static final int INITIAL_READ = 4 * 1024;

  /** Reading pauses above the high mark: a direction holds at most that and one read. */
  static final WriteBufferWaterMark UNSENT = new WriteBufferWaterMark(16 * 1024, 48 * 1024);

  private Sides() {}

  public static void prepare(Channel channel, SocketOptions sockets) {
    var config = channel.config();
    config.setAutoRead(false);
    config.setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
    config.setRecvByteBufAllocator(new AdaptiveRecvByteBufAllocator(512, INITIAL_READ, MAX_READ));
    config.setWriteBufferWaterMark(UNSENT);
    config.setOption(ChannelOption.TCP_NODELAY, sockets.noDelay());
    config.setOption(ChannelOption.SO_KEEPALIVE, sockets.keepAlive());
  }

  /** Ends the connection so that the peer cannot take the end for a complete stream. */
  public static void reset(Channel channel) {
    try {
      channel.config().setOption(ChannelOption.SO_LINGER, 0);
    } catch (ChannelException closedAlready) {
      // nothing is left to be reset
    }
    channel.close();
  }
}
