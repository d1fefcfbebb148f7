package dev.holdfast.dataplane.agreement.peer;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.timeout.IdleState;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * Says something when there is nothing to say, and gives a connection up that is silent. Both ends
 * speak of their own accord, so that a long frame on its way in one direction does not silence the
 * other.
 */
final class Heartbeat extends IdleStateHandler {
  private final PeerLimits limits;

  Heartbeat(PeerLimits limits) {
    super(limits.silentAfter().toMillis(), limits.pingEvery().toMillis(), 0, TimeUnit.MILLISECONDS);
    this.limits = limits;
  }

  @Override
  protected void channelIdle(ChannelHandlerContext context, IdleStateEvent event) {
    if (event.state() == IdleState.WRITER_IDLE) {
      context.channel().writeAndFlush(new Frame.Ping());
    } else {
      context.fireExceptionCaught(
          new IOException("nothing was heard for " + limits.silentAfter().toMillis() + "ms"));
    }
  }
}
