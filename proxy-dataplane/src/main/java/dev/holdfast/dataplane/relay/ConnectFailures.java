package dev.holdfast.dataplane.relay;

import dev.holdfast.dataplane.relay.RelayEvents.ConnectFailure;
import dev.holdfast.dataplane.relay.RelayEvents.ConnectFailure.Kind;
import io.netty.channel.ChannelException;
import io.netty.resolver.dns.DnsNameResolver;
import java.net.BindException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What a failed connect says about the target. */
final class ConnectFailures {
  private ConnectFailures() {}

  /** A refusal is told in the words of a check's, whatever the transport calls it. */
  static ConnectFailure of(Throwable cause) {
    return switch (kind(cause)) {
      case Refused -> new ConnectFailure(Kind.Refused, "connect refused");
      case Timeout -> new ConnectFailure(Kind.Timeout, String.valueOf(root(cause).getMessage()));
      case Kind kind -> new ConnectFailure(kind, String.valueOf(cause.getMessage()));
    };
  }

  static ConnectFailure timeout(Target target) {
    return new ConnectFailure(
        Kind.Timeout, "no answer within " + target.connectTimeout().toMillis() + " ms");
  }

  /** No name server told the target's addresses in time. */
  static ConnectFailure lookupTimeout(Target target, Duration within) {
    return new ConnectFailure(
        Kind.Timeout,
        "no name server answered for %s within %d ms".formatted(target.host(), within.toMillis()));
  }

  /**
   * No local port, no descriptor or no right to use the network says nothing about the target: it
   * must not cause a failover. A lookup that finds no descriptor is told as an unknown host.
   */
  static boolean isOurs(@Nullable Throwable cause) {
    return has(cause, at -> at instanceof BindException || at instanceof ChannelException);
  }

  /** Where the kernel's own words are. */
  static Throwable root(Throwable cause) {
    var root = cause;
    for (var at = cause.getCause(); at != null; at = at.getCause()) {
      root = at;
    }
    return root;
  }

  private static boolean has(@Nullable Throwable cause, Predicate<Throwable> wanted) {
    for (var at = cause; at != null; at = at.getCause()) {
      if (wanted.test(at)) {
        return true;
      }
    }
    return false;
  }

  private static Kind kind(Throwable cause) {
    return switch (cause) {
      case UnknownHostException e when has(e, DnsNameResolver::isTimeoutError) -> Kind.Timeout;
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
