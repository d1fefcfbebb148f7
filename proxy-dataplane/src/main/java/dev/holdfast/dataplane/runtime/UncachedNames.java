package dev.holdfast.dataplane.runtime;

import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.dns.DnsAddressResolverGroup;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.DnsNameResolverChannelStrategy;
import io.netty.resolver.dns.DnsServerAddressStreamProviders;
import io.netty.resolver.dns.NoopAuthoritativeDnsServerCache;
import io.netty.resolver.dns.NoopDnsCache;
import io.netty.resolver.dns.NoopDnsCnameCache;
import io.netty.util.concurrent.EventExecutor;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How checks find names: nothing is cached, so that a backend that moved is found by the next one.
 * Each lookup has a socket of its own: a shared one that found no descriptor would be missing for
 * ever. Who checks addresses only has none of it.
 */
final class UncachedNames extends AddressResolverGroup<InetSocketAddress> {

  /** What a check with the default timeout has for its lookup; name servers share it. */
  private static final Duration LOOKUP = Duration.ofMillis(1_250);

  /** Where there is one name server, each check's own deadline comes first. */
  private static final Duration LONGEST_LOOKUP = Duration.ofSeconds(30);

  private @Nullable DnsAddressResolverGroup group;

  @Override
  protected synchronized AddressResolver<InetSocketAddress> newResolver(EventExecutor loop) {
    if (group == null) {
      group = open();
    }
    return group.getResolver(loop);
  }

  private static DnsAddressResolverGroup open() {
    var servers = DnsServerAddressStreamProviders.platformDefault();
    var count = servers.nameServerAddressStream("").size();
    return new DnsAddressResolverGroup(
        new DnsNameResolverBuilder()
            .nameServerProvider(servers)
            .queryTimeoutMillis((count > 1 ? LOOKUP.dividedBy(count) : LONGEST_LOOKUP).toMillis())
            .datagramChannelStrategy(DnsNameResolverChannelStrategy.ChannelPerResolution)
            .datagramChannelType(NioDatagramChannel.class)
            .socketChannelType(NioSocketChannel.class)
            .resolveCache(NoopDnsCache.INSTANCE)
            .cnameCache(NoopDnsCnameCache.INSTANCE)
            .authoritativeDnsServerCache(NoopAuthoritativeDnsServerCache.INSTANCE));
  }

  @Override
  public synchronized void close() {
    if (group != null) {
      group.close();
    }
  }
}
