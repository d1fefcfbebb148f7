package dev.holdfast.dataplane.relay.epoll;

import io.netty.channel.epoll.EpollIoOps;

/** The bits of epoll(7) that a socket is told of, as the kernel counts them. */
public final class Events {
  public static final int IN = 0x1;
  public static final int OUT = 0x4;
  private static final int PRIORITY = 0x2;
  private static final int ERROR = 0x8;
  private static final int HANG_UP = 0x10;
  private static final int READ_HANG_UP = 0x2000;
  private static final int EDGE_TRIGGERED = 1 << 31;

  /** Errors and hang-ups are told unasked. */
  static final EpollIoOps ONCE_FOR_ALL =
      EpollIoOps.valueOf(IN | OUT | PRIORITY | READ_HANG_UP | EDGE_TRIGGERED);

  private Events() {}

  /** Whether a read or a look at the socket's error may tell something new. */
  public static boolean readable(int events) {
    return (events & (IN | PRIORITY | READ_HANG_UP | HANG_UP | ERROR)) != 0;
  }

  public static boolean writable(int events) {
    return (events & (OUT | HANG_UP | ERROR)) != 0;
  }

  /**
   * A read that gives less than was asked for has emptied the socket, but not after these: an end
   * or an error may follow the bytes, and a read stops at a byte of urgent data.
   */
  public static boolean moreThanBytes(int events) {
    return (events & (PRIORITY | READ_HANG_UP | HANG_UP | ERROR)) != 0;
  }

  /** The socket's error says how. */
  public static boolean failed(int events) {
    return (events & ERROR) != 0;
  }
}
