package dev.holdfast.health.probe;

import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.InetNameResolver;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Names that a test makes up. */
final class Names extends AddressResolverGroup<InetSocketAddress> {
  private final Map<String, List<String>> table = new ConcurrentHashMap<>();
  private final boolean answers;
  private final @Nullable Throwable failure;

  private Names(boolean answers, @Nullable Throwable failure) {
    this.answers = answers;
    this.failure = failure;
  }

  static Names none() {
    return new Names(true, null);
  }

  /** As Netty's resolver fails: every name is unknown, whatever the reason. */
  static Names failing(Throwable cause) {
    return new Names(true, cause);
  }

  static Names of(String host, String... addresses) {
    var names = none();
    names.change(host, addresses);
    return names;
  }

  /** A name server that says nothing. */
  static Names silent() {
    return new Names(false, null);
  }

  void change(String host, String... addresses) {
    table.put(host, List.of(addresses));
  }

  @Override
  protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
    return new InetNameResolver(executor) {
      @Override
      protected void doResolve(String host, Promise<InetAddress> promise) {
        throw new UnsupportedOperationException("probes ask for all addresses");
      }

      @Override
      protected void doResolveAll(String host, Promise<List<InetAddress>> promise)
          throws Exception {
        if (!answers) {
          return;
        }
        var addresses = table.get(host);
        if (addresses == null) {
          var unknown = new UnknownHostException(host);
          unknown.initCause(failure);
          promise.setFailure(unknown);
          return;
        }
        var resolved = new ArrayList<InetAddress>();
        for (var address : addresses) {
          resolved.add(InetAddress.getByName(address));
        }
        promise.setSuccess(resolved);
      }
    }.asAddressResolver();
  }
}
