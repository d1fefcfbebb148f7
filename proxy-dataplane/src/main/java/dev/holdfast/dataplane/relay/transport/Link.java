package dev.holdfast.dataplane.relay.transport;

import io.netty.channel.Channel;

/**
 * A client linked to a backend, as who moves their bytes sees it. On the common event loop of both
 * channels only.
 */
public interface Link {

  Channel client();

  Channel backend();

  /** The backend's name, for the log. */
  String backendName();

  /**
   * To be asked before each turn of bytes; false when the connection has been cut meanwhile, or is
   * cut now.
   */
  boolean mayMove();

  /** So many bytes were read from that direction's source. */
  void moved(Direction direction, long bytes);

  /** The other side took something: not idle, even if nothing new was read. */
  void active();

  /** One direction's end of stream has been passed on. */
  void ended();

  /** The client failed, or closed without having ended its stream: the backend learns of it. */
  void clientBroken();

  /** The backend failed, or closed without having ended its stream: the client learns of it. */
  void backendBroken();

  /** There is no memory for what the receiver does not take now. */
  void outOfMemory(OutOfMemoryError cause);
}
