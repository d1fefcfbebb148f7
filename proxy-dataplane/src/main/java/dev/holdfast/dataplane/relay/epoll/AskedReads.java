package dev.holdfast.dataplane.relay.epoll;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.unix.Socket;
import java.io.IOException;

/**
 * Reads a connected channel's socket, once for each time it is asked to: a failure too is seen by
 * whoever reads, and by nobody before. On the channel's event loop only.
 */
final class AskedReads {
  private final Channel channel;
  private final Socket socket;
  private int seen;
  private boolean wanted;
  private boolean ended;

  AskedReads(Channel channel, Socket socket) {
    this.channel = channel;
    this.socket = socket;
  }

  /** Events that have come since a read last found nothing. */
  int seen() {
    return seen;
  }

  void saw(int events) {
    seen |= events;
  }

  /**
   * @return whether there may be something to read now
   */
  boolean ask() {
    wanted = !ended;
    return wanted && Events.readable(seen);
  }

  void readIfAsked() {
    if (wanted && Events.readable(seen)) {
      wanted = false;
      read();
    }
  }

  private void read() {
    var handle = channel.unsafe().recvBufAllocHandle();
    handle.reset(channel.config());
    ByteBuf bytes;
    try {
      bytes = channel.alloc().directBuffer(handle.guess());
    } catch (OutOfMemoryError e) {
      fail(e);
      return;
    }
    int read;
    try {
      var room = bytes.internalNioBuffer(0, bytes.capacity());
      read = socket.recv(room, room.position(), room.limit());
    } catch (IOException e) {
      bytes.release();
      fail(e);
      return;
    }
    handle.lastBytesRead(read);
    if (read > 0) {
      channel.pipeline().fireChannelRead(bytes.writerIndex(read));
    } else {
      bytes.release();
      nothingRead(read);
    }
    handle.readComplete();
    channel.pipeline().fireChannelReadComplete();
  }

  private void fail(Throwable cause) {
    channel.pipeline().fireExceptionCaught(cause);
    channel.close();
  }

  private void nothingRead(int result) {
    seen = 0;
    if (result < 0) {
      ended = true;
      channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
    } else {
      wanted = true;
    }
  }
}
