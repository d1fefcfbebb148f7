package dev.holdfast.dataplane.relay.proxyprotocol;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import io.netty.handler.codec.haproxy.HAProxyProtocolException;
import java.nio.charset.StandardCharsets;

/**
 * Looks whether a client begins with a PROXY header, and lets Netty's decoder read it. The next
 * handler gets a {@code HAProxyMessage}, or the client's bytes unchanged when there is no header
 * and none is required, each with the end of a read; or an exception. Until then this asks for
 * reads itself. Whoever sets the deadline fires {@link Deadline} through the pipeline.
 */
public final class ProxyHeaderReader extends ChannelInboundHandlerAdapter {
  /** Event: no more is waited for. It is passed on when a header has begun, else it ends here. */
  public enum Deadline {
    Passed
  }

  private static final byte[] V1 = "PROXY ".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] V2 = "\r\n\r\n\0\r\nQUIT\n".getBytes(StandardCharsets.US_ASCII);

  /** Of extensions (TLVs), which are skipped; load balancers send some hundred bytes. */
  private static final int MAX_EXTENSIONS = 4096;

  private final boolean required;
  private ByteBuf seen = Unpooled.EMPTY_BUFFER;

  public ProxyHeaderReader(boolean required) {
    this.required = required;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    var bytes = (ByteBuf) message;
    // copied, because Netty's decoder wants a buffer that begins at 0
    var all = ctx.alloc().buffer(seen.readableBytes() + bytes.readableBytes());
    all.writeBytes(seen).writeBytes(bytes);
    bytes.release();
    seen.release();
    seen = all;
    decide(ctx);
  }

  private void decide(ChannelHandlerContext ctx) {
    if (begunWith(V1) || begunWith(V2)) {
      decode(ctx);
    } else if (!mayBegin(V1) && !mayBegin(V2)) {
      passWithout(ctx, "other bytes");
    }
  }

  private boolean begunWith(byte[] signature) {
    return seen.readableBytes() >= signature.length && mayBegin(signature);
  }

  private boolean mayBegin(byte[] signature) {
    for (var i = 0; i < Math.min(seen.readableBytes(), signature.length); i++) {
      if (seen.getByte(i) != signature[i]) {
        return false;
      }
    }
    return true;
  }

  /** The decoder takes our place, and gives way to the client's bytes when it is done. */
  private void decode(ChannelHandlerContext ctx) {
    var bytes = take();
    ctx.pipeline().addAfter(ctx.name(), null, new HAProxyMessageDecoder(MAX_EXTENSIONS));
    ctx.fireChannelRead(bytes);
    ctx.pipeline().remove(this);
  }

  private void passWithout(ChannelHandlerContext ctx, String found) {
    if (required) {
      throw new HAProxyProtocolException("expected a PROXY header, found " + found);
    }
    ctx.fireChannelRead(take());
    ctx.fireChannelReadComplete();
    ctx.pipeline().remove(this);
  }

  private ByteBuf take() {
    var bytes = seen;
    seen = Unpooled.EMPTY_BUFFER;
    return bytes;
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    ctx.read();
    ctx.fireChannelReadComplete();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof Deadline || event instanceof ChannelInputShutdownEvent) {
      passWithout(ctx, "none");
    }
    if (!(event instanceof Deadline)) {
      ctx.fireUserEventTriggered(event);
    }
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    take().release();
  }
}
