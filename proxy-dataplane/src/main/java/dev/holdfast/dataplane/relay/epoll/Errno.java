package dev.holdfast.dataplane.relay.epoll;

/** Linux's error numbers, as far as a relayed connection meets them. */
final class Errno {
  static final int EINTR = 4;
  static final int EBADF = 9;
  static final int EAGAIN = 11;

  private Errno() {}

  static String text(int error) {
    return switch (error) {
      case 1 -> "Operation not permitted";
      case 12 -> "Cannot allocate memory";
      case 32 -> "Broken pipe";
      case 38 -> "Function not implemented";
      case 104 -> "Connection reset by peer";
      case 110 -> "Connection timed out";
      case 113 -> "No route to host";
      default -> "error number " + error;
    };
  }
}
