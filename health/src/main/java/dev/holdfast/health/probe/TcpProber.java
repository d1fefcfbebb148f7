package dev.holdfast.health.probe;

import io.netty.channel.EventLoopGroup;
import io.netty.resolver.AddressResolverGroup;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;

/**
 * Connects to a backend and closes again. A name with several addresses passes when one of them
 * answers; each is given an even share of the time that is left.
 */
public final class TcpProber {
  private final EventLoopGroup loops;
  private final AddressResolverGroup<InetSocketAddress> names;

  /**
   * @param names must not block the event loop, as the JDK's own resolver would
   */
  public TcpProber(EventLoopGroup loops, AddressResolverGroup<InetSocketAddress> names) {
    this.loops = loops;
    this.names = names;
  }

  /**
   * @param host IP address or DNS name, resolved anew for every run
   */
  public Probe to(String host, int port) {
    var address = InetSocketAddress.createUnresolved(host, port);
    return timeout -> run(address, timeout);
  }

  private CompletableFuture<ProbeResult> run(InetSocketAddress address, Duration timeout) {
    var result = new CompletableFuture<ProbeResult>();
    try {
      var loop = loops.next();
      loop.execute(() -> new TcpAttempt(loop, names, address, timeout, result).start());
    } catch (RejectedExecutionException e) {
      result.complete(
          new ProbeResult.Failure(ProbeResult.Kind.Other, "this process is shutting down"));
    }
    return result;
  }
}
