package dev.holdfast.dataplane.relay.epoll;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;

/** Why a connect failed, in the types that the JDK's own sockets use. */
final class ConnectErrors {
  private ConnectErrors() {}

  /** Netty's binding has one type for all error numbers, and the system's text in the message. */
  static IOException typed(IOException cause) {
    if (!(cause instanceof ConnectException)) {
      return cause;
    }
    var message = String.valueOf(cause.getMessage());
    if (message.contains("Cannot assign requested address")
        || message.contains("Address already in use")
        || message.contains("Permission denied")
        || message.contains("Operation not permitted")) {
      return new BindException(message);
    }
    return message.contains("No route to host") ? new NoRouteToHostException(message) : cause;
  }
}
