package dev.holdfast.dataplane.relay.transport;

import dev.holdfast.dataplane.relay.epoll.Pipe;
import dev.holdfast.dataplane.relay.epoll.Transit;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.nio.channels.NotYetConnectedException;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a spliced link. It reads what the sink takes: through the loop's buffer, which
 * costs the fewest calls for a little, or through a pipe once much comes at a time. A buffer or a
 * pipe of its own it has only while the sink takes less than was read.
 */
final class Flow {
  /** What the flows of an event loop share. */
  record Store(Transit transit, UnsentBytes unsentBytes) {}

  /** Bytes; then the other connections of the loop have their turn. */
  private static final int BUDGET = 1 << 20;

  /** A turn in which less than this came is not worth a pipe. */
  private static final int MUCH = 32 * 1024;

  private final Link link;
  private final Direction direction;
  private final Socket source;
  private final Socket sink;
  private final Transit transit;
  private final UnsentBytes unsentBytes;
  private ByteBuf unsent = Unpooled.EMPTY_BUFFER;
  private @Nullable Pipe pipe;
  private boolean sourceReady;
  private boolean sinkReady = true;
  private boolean moreThanBytes;
  private boolean much;
  private boolean sourceEnded;
  private boolean ended;
  private boolean reading;

  Flow(Link link, Direction direction, Socket source, Socket sink, Store store) {
    this.link = link;
    this.direction = direction;
    this.source = source;
    this.sink = sink;
    transit = store.transit;
    unsentBytes = store.unsentBytes;
  }

  void begin(EarlyBytes early) {
    sourceEnded = early.ended();
    if (early.bytes().isReadable()) {
      link.moved(direction, early.bytes().readableBytes());
      keep(inOnePiece(early.bytes()));
    }
  }

  private ByteBuf inOnePiece(ByteBuf bytes) {
    if (bytes.isDirect() && bytes.nioBufferCount() == 1) {
      return bytes;
    }
    try {
      return unsentBytes.buffer(bytes.readableBytes()).writeBytes(bytes);
    } finally {
      bytes.release();
    }
  }

  /**
   * @param moreThanBytes an end, an error or urgent data may follow the bytes
   */
  void sourceReady(boolean moreThanBytes) {
    sourceReady = true;
    this.moreThanBytes |= moreThanBytes;
  }

  void sinkReady() {
    sinkReady = true;
  }

  boolean ended() {
    return ended;
  }

  /** The socket that is read. */
  Socket from() {
    return source;
  }

  /** Whether it was the source that was used last, and not the sink. */
  boolean isReading() {
    return reading;
  }

  /**
   * Moves what can be moved now.
   *
   * @param otherEnded the opposite direction has ended: closing then tells the end of this one
   * @return whether there is more, which waits only for its turn
   */
  boolean run(boolean otherEnded) throws IOException {
    for (int moved = 0; moved < BUDGET; ) {
      if (ended || (moved > 0 && !link.mayMove()) || !flush()) {
        return false;
      }
      if (sourceEnded) {
        end(otherEnded);
        return false;
      }
      if (!sourceReady) {
        much &= moved >= MUCH;
        releasePipe();
        return false;
      }
      moved += much ? splice() : copy();
    }
    return true;
  }

  /** False when the sink does not take everything. */
  private boolean flush() throws IOException {
    reading = false;
    if (unsent.isReadable()) {
      return sendUnsent();
    }
    while (pipe != null && pipe.content() > 0) {
      if (!sinkReady) {
        return false;
      }
      if (pipe.giveTo(sink) > 0) {
        link.active();
      } else {
        sinkReady = false;
      }
    }
    return true;
  }

  private boolean sendUnsent() throws IOException {
    if (!sinkReady) {
      return false;
    }
    var bytes = unsent.internalNioBuffer(unsent.readerIndex(), unsent.readableBytes());
    var sent = sink.send(bytes, bytes.position(), bytes.limit());
    unsent.skipBytes(sent);
    if (sent > 0) {
      link.active();
    }
    if (unsent.isReadable()) {
      sinkReady = false;
      return false;
    }
    letGo();
    return true;
  }

  private void keep(ByteBuf bytes) {
    unsent = bytes;
    unsentBytes.keep(bytes.capacity());
  }

  private void letGo() {
    unsentBytes.letGo(unsent.capacity());
    unsent.release();
    unsent = Unpooled.EMPTY_BUFFER;
  }

  private int copy() throws IOException {
    reading = true;
    var room = unsentBytes.room();
    var read = source.recvAddress(transit.address(), 0, room);
    if (read <= 0) {
      sourceReady = false;
      moreThanBytes = false;
      sourceEnded = read < 0;
      return 0;
    }
    much = read == Transit.BUFFER_BYTES;
    sourceReady = read == room || moreThanBytes;
    link.moved(direction, read);
    reading = false;
    var sent = sink.sendAddress(transit.address(), 0, read);
    if (sent < read) {
      sinkReady = false;
      keep(copyOf(sent, read));
    }
    return read;
  }

  private ByteBuf copyOf(int from, int to) {
    return unsentBytes.buffer(to - from).writeBytes(transit.buffer().slice(from, to - from));
  }

  private int splice() throws IOException {
    if (pipe == null) {
      pipe = transit.pipes().take();
    }
    if (pipe == null) {
      return copy();
    }
    reading = true;
    var taken = pipe.takeFrom(source);
    if (taken > 0) {
      link.moved(direction, taken);
    } else {
      sourceReady = false;
      moreThanBytes = false;
      sourceEnded = taken == 0;
    }
    return Math.max(taken, 0);
  }

  /** The end of stream goes on after the last byte. */
  private void end(boolean otherEnded) throws IOException {
    releasePipe();
    ended = true;
    if (!otherEnded) {
      try {
        sink.shutdown(false, true);
      } catch (NotYetConnectedException resetMeanwhile) {
        throw new IOException("the other side is gone", resetMeanwhile);
      }
    }
    link.ended();
  }

  private void releasePipe() {
    if (pipe != null) {
      var done = pipe;
      pipe = null;
      transit.pipes().takeBack(done);
    }
  }

  /** The connection is over; what has not been sent is lost. */
  void discard() {
    ended = true;
    letGo();
    releasePipe();
  }
}
