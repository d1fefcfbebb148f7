package dev.holdfast.dataplane.relay;

import dev.holdfast.dataplane.relay.RelayEvents.ConnectFailure;
import dev.holdfast.dataplane.relay.RelayEvents.ConnectFailure.Kind;
import java.net.BindException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** What a failed connect says about the target. */
final class ConnectFailures {
  private ConnectFailures() {}

  /** A refusal is told in the words of a check's, whatever the transport calls it. */
  static ConnectFailure of(Throwable cause) {
    var kind = kind(cause);
    return new ConnectFailure(
        kind, kind == Kind.Refused ? "connect refused" : String.valueOf(cause.getMessage()));
  }

  static ConnectFailure timeout(Target target) {
    return new ConnectFailure(
        Kind.Timeout, "no answer within " + target.connectTimeout().toMillis() + " ms");
  }

  /**
   * No local port or no right to use the network says nothing about the target: it must not cause a
   * failover.
   */
  static boolean isOurs(@Nullable Throwable cause) {
    for (var at = cause; at != null; at = at.getCause()) {
      if (at instanceof BindException) {
        return true;
      }
    }
    return false;
  }

  private static Kind kind(Throwable cause) {
    return switch (cause) {
      case UnknownHostException e -> Kind.UnknownHost;
      case ConnectException e when isTimeout(e) -> Kind.Timeout;
      case ConnectException e -> Kind.Refused;
      default -> Kind.Other;
    };
  }

  /** The kernel gave up before our deadline; the JDK has no type for it. */
  private static boolean isTimeout(ConnectException cause) {
    return String.valueOf(cause.getMessage()).contains("timed out");
  }
}
