package dev.holdfast.dataplane.relay;

import io.netty.channel.EventLoop;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.DnsServerAddressStreamProvider;
import io.netty.resolver.dns.DnsServerAddressStreamProviders;
import io.netty.resolver.dns.NoopAuthoritativeDnsServerCache;
import io.netty.resolver.dns.NoopDnsCache;
import io.netty.resolver.dns.NoopDnsCnameCache;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks as the system would: the hosts file, then the name servers, search domains and {@code ndots}
 * of {@code resolv.conf}. Nothing is cached, so that a backend that moved is found by the next
 * connect; lookups of one name at the same time share one query. The socket is opened with the
 * first name.
 */
final class DnsNames implements NameResolver {
  private static final int SHARED_LOOKUPS = 64;

  private final EventLoop loop;
  private final Transport transport;
  private final DnsServerAddressStreamProvider servers;
  private @Nullable DnsNameResolver resolver;

  DnsNames(EventLoop loop, Transport transport) {
    this(loop, transport, DnsServerAddressStreamProviders.platformDefault());
  }

  DnsNames(EventLoop loop, Transport transport, DnsServerAddressStreamProvider servers) {
    this.loop = loop;
    this.transport = transport;
    this.servers = servers;
  }

  @Override
  public Future<List<InetAddress>> resolveAll(String name) {
    if (resolver == null) {
      resolver =
          new DnsNameResolverBuilder(loop)
              .datagramChannelType(transport.datagrams())
              .socketChannelType(transport.streams())
              .nameServerProvider(servers)
              .resolveCache(NoopDnsCache.INSTANCE)
              .cnameCache(NoopDnsCnameCache.INSTANCE)
              .authoritativeDnsServerCache(NoopAuthoritativeDnsServerCache.INSTANCE)
              .consolidateCacheSize(SHARED_LOOKUPS)
              .build();
    }
    return resolver.resolveAll(name);
  }

  @Override
  public void close() {
    if (resolver != null) {
      resolver.close();
    }
  }
}
