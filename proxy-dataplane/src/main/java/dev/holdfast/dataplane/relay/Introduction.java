package dev.holdfast.dataplane.relay;

import dev.holdfast.dataplane.relay.proxyprotocol.ProxyHeaderReader;
import dev.holdfast.dataplane.relay.proxyprotocol.ProxyHeaderReader.Deadline;
import dev.holdfast.dataplane.relay.proxyprotocol.ProxyHeaders;
import dev.holdfast.dataplane.relay.proxyprotocol.ProxyProtocol;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import java.net.InetSocketAddress;

/**
 * Stands before a {@link Client} where PROXY headers are read: the client becomes active when it
 * has said for whom it comes, or is known not to say it. It is told the {@code Endpoints} as an
 * event before that, or why it is to be closed.
 */
final class Introduction extends ChannelInboundHandlerAdapter {
  private final Lane lane;
  private final ProxyProtocol protocol;
  private final TimerWheel.Entry deadline =
      new TimerWheel.Entry() {
        @Override
        void expired() {
          channel.pipeline().fireUserEventTriggered(Deadline.Passed);
        }
      };
  private final Channel channel;
  private boolean done;

  Introduction(Lane lane, ProxyProtocol protocol, Channel channel) {
    this.lane = lane;
    this.protocol = protocol;
    this.channel = channel;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    var required = protocol.accept() == ProxyProtocol.Accept.Required;
    var peer = (InetSocketAddress) channel.remoteAddress();
    if (protocol.trusts(peer.getAddress())) {
      ctx.pipeline().addFirst(new ProxyHeaderReader(required));
      lane.deadlines.schedule(deadline, lane.deadlines.now() + protocol.headerTimeout().toNanos());
      channel.read();
    } else if (required) {
      refuse(ctx, EndReason.UntrustedSource);
    } else {
      pass(ctx);
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    done = true;
    if (message instanceof HAProxyMessage header) {
      var endpoints = ProxyHeaders.endpoints(header);
      header.release();
      if (endpoints != null) {
        ctx.fireUserEventTriggered(endpoints);
      }
    } else {
      ctx.fireChannelRead(message);
    }
  }

  /** Bytes behind the header come in the same read as it. */
  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    if (done) {
      pass(ctx);
    }
  }

  private void pass(ChannelHandlerContext ctx) {
    ctx.fireChannelActive();
    ctx.pipeline().remove(this);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof Deadline || event instanceof ChannelInputShutdownEvent) {
      refuse(ctx, EndReason.BadProxyHeader);
    } else {
      ctx.fireUserEventTriggered(event);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof DecoderException) {
      refuse(ctx, EndReason.BadProxyHeader);
    } else {
      ctx.fireExceptionCaught(cause);
    }
  }

  private static void refuse(ChannelHandlerContext ctx, EndReason reason) {
    ctx.fireUserEventTriggered(reason);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    lane.deadlines.cancel(deadline);
  }
}
