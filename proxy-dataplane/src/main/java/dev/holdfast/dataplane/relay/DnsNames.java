package dev.holdfast.dataplane.relay;

import dev.holdfast.dataplane.relay.transport.Transport;
import io.netty.channel.ChannelFactory;
import io.netty.channel.EventLoop;
import io.netty.channel.ReflectiveChannelFactory;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.DnsServerAddressStreamProvider;
import io.netty.resolver.dns.DnsServerAddressStreamProviders;
import io.netty.resolver.dns.NoopAuthoritativeDnsServerCache;
import io.netty.resolver.dns.NoopDnsCache;
import io.netty.resolver.dns.NoopDnsCnameCache;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks as the system would: the hosts file, then the name servers, search domains and {@code ndots}
 * of {@code resolv.conf}. Nothing is cached, so that a backend that moved is found by the next
 * connect; lookups of one name at the same time share one query. Each name server has an even share
 * of a lookup's time. The socket is opened with the first name.
 */
final class DnsNames implements NameResolver {
  private static final int SHARED_LOOKUPS = 64;

  private final EventLoop loop;
  private final ChannelFactory<? extends DatagramChannel> datagrams;
  private final Class<? extends SocketChannel> streams;
  private final Supplier<DnsServerAddressStreamProvider> servers;
  private @Nullable DnsNameResolver resolver;

  /** Which name servers there are is only asked with the first name. */
  DnsNames(EventLoop loop, Transport transport) {
    this.loop = loop;
    datagrams = new ReflectiveChannelFactory<>(transport.datagrams());
    streams = transport.streams();
    servers = DnsServerAddressStreamProviders::platformDefault;
  }

  DnsNames(EventLoop loop, Transport transport, DnsServerAddressStreamProvider servers) {
    this(loop, new ReflectiveChannelFactory<>(transport.datagrams()), transport.streams(), servers);
  }

  DnsNames(
      EventLoop loop,
      ChannelFactory<? extends DatagramChannel> datagrams,
      Class<? extends SocketChannel> streams,
      DnsServerAddressStreamProvider servers) {
    this.loop = loop;
    this.datagrams = datagrams;
    this.streams = streams;
    this.servers = () -> servers;
  }

  @Override
  public Future<List<InetAddress>> resolveAll(String name, Duration within) {
    var asked = resolver(shareMillis(name, within), within);
    var lookup = asked.resolveAll(name);
    lookup.addListener(done -> {
      // one that found no descriptor for its socket would fail for ever
      if (done.cause() != null && ConnectFailures.isOurs(done.cause()) && asked.equals(resolver)) {
        retire(within);
      }
    });
    return lookup;
  }

  private long shareMillis(String name, Duration within) {
    var count = servers.get().nameServerAddressStream(name).size();
    return Math.max(1, within.toMillis() / Math.max(1, count));
  }

  private DnsNameResolver resolver(long shareMillis, Duration within) {
    if (resolver != null && resolver.queryTimeoutMillis() != shareMillis) {
      retire(within);
    }
    if (resolver == null) {
      resolver =
          new DnsNameResolverBuilder(loop)
              .datagramChannelFactory(datagrams)
              .socketChannelType(streams)
              .nameServerProvider(servers.get())
              .queryTimeoutMillis(shareMillis)
              .resolveCache(NoopDnsCache.INSTANCE)
              .cnameCache(NoopDnsCnameCache.INSTANCE)
              .authoritativeDnsServerCache(NoopAuthoritativeDnsServerCache.INSTANCE)
              .consolidateCacheSize(SHARED_LOOKUPS)
              .build();
    }
    return resolver;
  }

  /** Lookups that are under way get their answers. */
  private void retire(Duration within) {
    var retired = resolver;
    resolver = null;
    if (retired != null) {
      loop.schedule(retired::close, within.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public void close() {
    if (resolver != null) {
      resolver.close();
    }
  }
}
