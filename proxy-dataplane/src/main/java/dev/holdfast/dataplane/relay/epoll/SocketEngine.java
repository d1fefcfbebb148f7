package dev.holdfast.dataplane.relay.epoll;

/** Whoever moves the bytes of a channel that was handed over; called on the channel's loop. */
public interface SocketEngine {

  /**
   * Something happened on the socket, each thing once (edge-triggered).
   *
   * @param events to be read with {@link Events}
   */
  void ready(int events);

  /** The descriptor is closed, and may soon be another connection's. */
  void closed();
}
