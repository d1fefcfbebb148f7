package dev.holdfast.dataplane.relay;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * What a client sent before it was linked, of bounded size, and whether its stream ended there.
 * Whoever takes the bytes releases them.
 */
record EarlyBytes(ByteBuf bytes, boolean ended) {
  static final EarlyBytes NONE = new EarlyBytes(Unpooled.EMPTY_BUFFER, false);

  EarlyBytes plus(ByteBuf more) {
    return new EarlyBytes(bytes.isReadable() ? Unpooled.wrappedBuffer(bytes, more) : more, ended);
  }

  /** These bytes come first. */
  EarlyBytes after(ByteBuf first) {
    return bytes.isReadable()
        ? new EarlyBytes(Unpooled.wrappedBuffer(first, bytes), ended)
        : new EarlyBytes(first, ended);
  }

  EarlyBytes end() {
    return new EarlyBytes(bytes, true);
  }
}
