package dev.holdfast.health.probe;

import dev.holdfast.health.probe.ProbeResult.Failure;
import dev.holdfast.health.probe.ProbeResult.Kind;
import io.netty.channel.EventLoopGroup;
import io.netty.resolver.AddressResolverGroup;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;

/**
 * The way to backends that probes share.
 *
 * @param names must not block the event loop, as the JDK's own resolver would
 */
public record Network(EventLoopGroup loops, AddressResolverGroup<InetSocketAddress> names) {
  static final String SHUTTING_DOWN = "this process is shutting down";

  /**
   * Connects and talks. A name with several addresses is tried address by address until one takes
   * the connection; each is given an even share of the time that is left.
   */
  CompletableFuture<ProbeResult> talk(Address address, Duration timeout, Conversation talk) {
    var result = new CompletableFuture<ProbeResult>();
    try {
      var loop = loops.next();
      loop.execute(
          () -> new Attempt(loop, names, address.unresolved(), timeout, talk, result).start());
    } catch (RejectedExecutionException e) {
      result.complete(new Failure(Kind.Other, SHUTTING_DOWN));
    }
    return result;
  }
}
