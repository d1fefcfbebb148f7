package dev.holdfast.dataplane.relay;

import dev.holdfast.dataplane.relay.transport.EarlyBytes;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;

/**
 * Keeps what a client sends before it is linked. A waiting client is read, within bounds, so that a
 * reset shows at once; one that has ended its side is kept, because it may want its answer. On the
 * client's event loop only.
 */
final class EarlyReader {
  private final Channel channel;
  private final HeldBytes room;
  private EarlyBytes bytes = EarlyBytes.NONE;
  private boolean hasRoom;
  private boolean waiting;

  EarlyReader(Channel channel, HeldBytes room) {
    this.channel = channel;
    this.room = room;
  }

  /** The client waits from now on. */
  void startWaiting() {
    waiting = true;
    readMore();
  }

  void stopWaiting() {
    waiting = false;
  }

  /** A read has ended. */
  void readComplete() {
    if (waiting) {
      readMore();
    }
  }

  private void readMore() {
    hasRoom = hasRoom || room.take();
    if (hasRoom && bytes.bytes().readableBytes() < HeldBytes.PIECE && !bytes.ended()) {
      channel.read();
    }
  }

  void add(ByteBuf more) {
    bytes = bytes.plus(more);
  }

  void end() {
    bytes = bytes.end();
  }

  /** The receiver releases them. */
  EarlyBytes take() {
    var taken = bytes;
    bytes = EarlyBytes.NONE;
    if (hasRoom) {
      hasRoom = false;
      room.giveBack();
    }
    return taken;
  }
}
