package dev.holdfast.health.probe;

import dev.holdfast.health.probe.ProbeResult.Failure;
import dev.holdfast.health.probe.ProbeResult.Kind;
import dev.holdfast.health.process.Shortage;
import io.netty.channel.ChannelException;
import io.netty.channel.ConnectTimeoutException;
import io.netty.resolver.dns.DnsNameResolver;
import java.net.BindException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.function.Predicate;

/** What a failed lookup or connect of a probe says. */
final class AttemptFailures {
  private AttemptFailures() {}

  static Failure ofLookup(String host, Throwable cause) {
    if (isOurs(cause)) {
      return notAsked("look up " + host, cause);
    }
    return has(cause, DnsNameResolver::isTimeoutError)
        ? new Failure(Kind.Timeout, "no name server answered for " + host)
        : new Failure(Kind.UnknownHost, "unknown host " + host);
  }

  static Failure lookupTimeout(String host, Duration within) {
    return new Failure(
        Kind.Timeout,
        "no name server answered for %s within %dms".formatted(host, within.toMillis()));
  }

  /**
   * @param timeout of the whole attempt
   */
  static Failure ofConnect(Throwable cause, Duration timeout) {
    return switch (cause) {
      case ConnectTimeoutException silent -> Timeouts.failure(timeout);
      case ConnectException refused when isRefusal(refused) ->
          new Failure(Kind.Refused, "connect refused");
      case Throwable ours when isOurs(ours) -> notAsked("connect", ours);
      case Throwable other -> new Failure(Kind.Other, "connect failed: " + other.getMessage());
    };
  }

  private static boolean isOurs(Throwable cause) {
    return Shortage.causes(cause)
        || has(cause, at -> at instanceof BindException || at instanceof ChannelException);
  }

  private static boolean has(Throwable cause, Predicate<Throwable> wanted) {
    for (Throwable at = cause; at != null; at = at.getCause()) {
      if (wanted.test(at)) {
        return true;
      }
    }
    return false;
  }

  private static Failure notAsked(String what, Throwable cause) {
    var root = cause;
    for (var at = cause.getCause(); at != null; at = at.getCause()) {
      root = at;
    }
    return new Failure(
        Kind.NotAsked, "this machine cannot %s now: %s".formatted(what, root.getMessage()));
  }

  private static boolean isRefusal(ConnectException cause) {
    return String.valueOf(cause.getMessage()).startsWith("Connection refused");
  }
}
