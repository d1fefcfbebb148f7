package dev.holdfast.dataplane.relay.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * What a client sent before it was linked, of bounded size, and whether its stream ended there.
 * Whoever takes the bytes releases them.
 */
public record EarlyBytes(ByteBuf bytes, boolean ended) {
  public static final EarlyBytes NONE = new EarlyBytes(Unpooled.EMPTY_BUFFER, false);

  /** In one buffer, however small the pieces are that the bytes come in. */
  public EarlyBytes plus(ByteBuf more) {
    if (!bytes.isReadable()) {
      bytes.release();
      return new EarlyBytes(more, ended);
    }
    try {
      if (bytes.maxWritableBytes() >= more.readableBytes()) {
        bytes.writeBytes(more);
        return this;
      }
      var all = more.alloc().directBuffer(bytes.readableBytes() + more.readableBytes());
      all.writeBytes(bytes).writeBytes(more);
      bytes.release();
      return new EarlyBytes(all, ended);
    } finally {
      more.release();
    }
  }

  /** These bytes come first. */
  public EarlyBytes after(ByteBuf first) {
    return bytes.isReadable()
        ? new EarlyBytes(Unpooled.wrappedBuffer(first, bytes), ended)
        : new EarlyBytes(first, ended);
  }

  public EarlyBytes end() {
    return new EarlyBytes(bytes, true);
  }
}
