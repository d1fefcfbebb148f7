package dev.holdfast.dataplane.relay;

import dev.holdfast.dataplane.relay.RelayOptions.FirstBytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import org.jspecify.annotations.Nullable;

/**
 * Stands before a {@link Client} that is routed by what it says first: the client becomes active
 * when it has said enough, or when it is known that it will not in time. It gets all bytes, and
 * {@link Said} as an event before that, or why it is to be closed. Of who has not said enough yet
 * no more than that is kept.
 */
final class FirstBytesReader extends ChannelInboundHandlerAdapter {

  /**
   * An event.
   *
   * @param bytes those that were asked for, or none
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on once, and never compared
  record Said(byte[] bytes) {}

  private final Lane lane;
  private final FirstBytes wanted;
  private final TimerWheel.Entry deadline;
  private ByteBuf seen = Unpooled.EMPTY_BUFFER;
  private @Nullable Said said;
  private boolean active;
  private boolean ended;

  FirstBytesReader(Lane lane, FirstBytes wanted, Channel channel) {
    this.lane = lane;
    this.wanted = wanted;
    deadline =
        new TimerWheel.Entry() {
          @Override
          void expired() {
            fallShort(channel.pipeline().context(FirstBytesReader.this));
          }
        };
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    active = true;
    if (said != null) {
      pass(ctx, said);
    } else if (ended) {
      fallShort(ctx);
    } else {
      lane.deadlines.schedule(deadline, lane.deadlines.now() + wanted.maxWait().toNanos());
      ctx.read();
    }
  }

  /** Bytes behind a PROXY header come before the client is active. */
  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    var bytes = (ByteBuf) message;
    if (said != null) {
      ctx.fireChannelRead(bytes);
    } else if (seen.readableBytes() + bytes.readableBytes() >= wanted.end()) {
      said = new Said(slice(bytes));
      passSeen(ctx);
      ctx.fireChannelRead(bytes);
    } else {
      keep(ctx, bytes);
    }
  }

  private byte[] slice(ByteBuf rest) {
    var first = new byte[wanted.end() - wanted.start()];
    Unpooled.wrappedBuffer(seen.slice(), rest.slice()).getBytes(wanted.start(), first);
    return first;
  }

  /** Copied, because it came in a buffer for much more, and the next bytes may be as few. */
  private void keep(ChannelHandlerContext ctx, ByteBuf bytes) {
    try {
      if (bytes.isReadable()) {
        if (seen.capacity() == 0) {
          seen = ctx.alloc().directBuffer(wanted.end());
        }
        seen.writeBytes(bytes);
      }
    } finally {
      bytes.release();
    }
  }

  private void passSeen(ChannelHandlerContext ctx) {
    if (seen.isReadable()) {
      ctx.fireChannelRead(take());
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    ctx.fireChannelReadComplete();
    if (active) {
      if (said == null) {
        ctx.read();
      } else {
        pass(ctx, said);
      }
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    ctx.fireUserEventTriggered(event);
    if (event instanceof ChannelInputShutdownEvent) {
      ended = true;
      if (active && said == null) {
        fallShort(ctx);
      }
    }
  }

  private void fallShort(ChannelHandlerContext ctx) {
    switch (wanted.onShort()) {
      case UseIP -> {
        passSeen(ctx);
        pass(ctx, new Said(new byte[0]));
      }
      case Reject -> {
        lane.deadlines.cancel(deadline);
        ctx.fireUserEventTriggered(EndReason.FirstBytesMissing);
      }
    }
  }

  private void pass(ChannelHandlerContext ctx, Said first) {
    said = first;
    active = false;
    lane.deadlines.cancel(deadline);
    ctx.fireUserEventTriggered(first);
    ctx.fireChannelActive();
    ctx.pipeline().remove(this);
  }

  private ByteBuf take() {
    var bytes = seen;
    seen = Unpooled.EMPTY_BUFFER;
    return bytes;
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    lane.deadlines.cancel(deadline);
    take().release();
  }
}
