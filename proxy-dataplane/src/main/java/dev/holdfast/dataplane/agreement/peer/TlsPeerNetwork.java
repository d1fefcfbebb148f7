package dev.holdfast.dataplane.agreement.peer;

import dev.holdfast.dataplane.admin.access.FollowedFiles;
import dev.holdfast.dataplane.metrics.MetricSink;
import dev.holdfast.dataplane.metrics.MetricSource;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.resolver.dns.DnsAddressResolverGroup;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.NoopAuthoritativeDnsServerCache;
import io.netty.resolver.dns.NoopDnsCache;
import io.netty.resolver.dns.NoopDnsCnameCache;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * Peers over mutual TLS 1.3 on one port, with one event loop for all connections. Each peer is
 * asked over the connection that this end made, and asks over its own. Futures complete on the
 * loop's thread, which what depends on them must not hold up either.
 */
public final class TlsPeerNetwork implements PeerNetwork, MetricSource {
  private static final int START_SECONDS = 10;
  private static final int STOP_SECONDS = 2;

  private static final WriteBufferWaterMark ASKING = new WriteBufferWaterMark(256 << 10, 1 << 20);

  /** An asker that does not read so much of what it asked for is cut off. */
  private static final WriteBufferWaterMark ANSWERING =
      new WriteBufferWaterMark(MAX_BYTES, 2 * MAX_BYTES);

  private final PeerOptions options;
  private final RandomGenerator random;
  private final FollowedFiles<PeerTls> tls;
  private final Refusals refusals = new Refusals(System::nanoTime);
  private final Map<Subject, Answerer> answerers = new ConcurrentHashMap<>();
  private final EventLoopGroup group =
      new MultiThreadIoEventLoopGroup(
          1, new DefaultThreadFactory("holdfast-peers", true), NioIoHandler.newFactory());
  private final EventLoop loop = group.next();
  private final DnsAddressResolverGroup resolvers = resolvers();
  private final Connections connections;
  private final Reception reception;
  private final ScheduledThreadPoolExecutor refresher =
      new ScheduledThreadPoolExecutor(1, new DefaultThreadFactory("holdfast-peers-files", true));
  private final InetSocketAddress address;
  private volatile Map<String, PeerLink> links = Map.of();

  private TlsPeerNetwork(PeerOptions options, RandomGenerator random, FollowedFiles<PeerTls> tls)
      throws IOException {
    this.options = options;
    this.random = random;
    this.tls = tls;
    this.connections = new Connections(options.limits(), tls, refusals, loop);
    this.reception = new Reception(options.limits(), answerers);
    this.address = bind(options.listen());
    var every = options.limits().refreshEvery().toNanos();
    refresher.scheduleWithFixedDelay(this::refresh, every, every, TimeUnit.NANOSECONDS);
  }

  /**
   * Listens, and knows no peers until it is given some.
   *
   * @param random for pauses; used by one thread
   * @throws IllegalArgumentException when the TLS files cannot be used
   * @throws IOException when the address cannot be bound
   */
  public static TlsPeerNetwork start(PeerOptions options, RandomGenerator random)
      throws IOException {
    return new TlsPeerNetwork(options, random, PeerTls.follow(options.tlsDir()));
  }

  private InetSocketAddress bind(InetSocketAddress wanted) throws IOException {
    var binding =
        new ServerBootstrap()
            .group(group)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, ANSWERING)
            .childHandler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    accepted(channel);
                  }
                })
            .bind(wanted);
    binding.awaitUninterruptibly(START_SECONDS, TimeUnit.SECONDS);
    if (!binding.isSuccess()) {
      close();
      throw new IOException(
          "cannot listen for peers on %s:%d: %s; choose another address or port"
              .formatted(wanted.getHostString(), wanted.getPort(), binding.cause()),
          binding.cause());
    }
    connections.add(binding.channel());
    return (InetSocketAddress) binding.channel().localAddress();
  }

  /** With the port that was given when 0 was asked for. */
  public InetSocketAddress address() {
    return address;
  }

  /**
   * Talks to these peers from now on, and to no others. Questions to those that are no longer
   * there, or are elsewhere, fail.
   */
  public synchronized void configure(Map<String, PeerAddress> peers) {
    var next = new TreeMap<String, PeerLink>();
    peers.forEach((peer, where) -> {
      var link = links.get(peer);
      if (!peer.equals(options.self())) {
        next.put(peer, link != null && link.address().equals(where) ? link : link(peer, where));
      }
    });
    var before = links;
    links = Map.copyOf(next);
    loop.execute(() -> {
      before.values().stream().filter(link -> !next.containsValue(link)).forEach(PeerLink::close);
      next.values().stream().filter(link -> !before.containsValue(link)).forEach(PeerLink::dial);
    });
  }

  private PeerLink link(String peer, PeerAddress where) {
    var connect = (int) options.limits().connectWithin().toMillis();
    var bootstrap =
        new Bootstrap()
            .group(loop)
            .channel(NioSocketChannel.class)
            .resolver(resolvers)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, connect)
            .option(ChannelOption.WRITE_BUFFER_WATER_MARK, ASKING);
    return new PeerLink(peer, where, options.limits(), loop, random, bootstrap, this::dialled);
  }

  /** Nothing is kept: a pod that comes back has another address. */
  private static DnsAddressResolverGroup resolvers() {
    return new DnsAddressResolverGroup(
        new DnsNameResolverBuilder()
            .datagramChannelFactory(NioDatagramChannel::new)
            .socketChannelType(NioSocketChannel.class)
            .resolveCache(NoopDnsCache.INSTANCE)
            .cnameCache(NoopDnsCnameCache.INSTANCE)
            .authoritativeDnsServerCache(NoopAuthoritativeDnsServerCache.INSTANCE));
  }

  private void accepted(Channel channel) {
    var acquaintance = new Acquaintance(options, links.keySet(), null);
    connections.begin(channel, acquaintance, reception.meet(channel));
  }

  private void dialled(Channel channel, PeerLink link) {
    connections.begin(channel, new Acquaintance(options, Set.of(link.peer()), link.peer()), link);
  }

  private void refresh() {
    tls.refresh();
    loop.execute(connections::recheck);
  }

  @Override
  public CompletionStage<byte[]> ask(String to, Subject subject, byte[] question, Duration within) {
    var link = links.get(to);
    return link == null
        ? CompletableFuture.failedStage(
            new IllegalArgumentException(
                "expected one of the peers %s, found %s".formatted(others(), to)))
        : link.questions().ask(subject, question, within);
  }

  @Override
  public void answer(Subject subject, Answerer answerer) {
    answerers.put(subject, answerer);
  }

  @Override
  public Set<String> others() {
    return links.keySet();
  }

  @Override
  public void collect(MetricSink sink) {
    refusals
        .counts()
        .forEach((reason, count) ->
            sink.counter(
                "holdfast_peer_refused_total",
                "Ends of connections between peers that were refused, by reason.",
                labels("reason", reason.name()),
                (double) count));
    links.forEach((peer, link) ->
        sink.gauge(
            "holdfast_peer_connected",
            "Whether there is a connection over which the peer can be asked.",
            labels("peer", peer),
            link.connected() ? 1 : 0));
  }

  private Map<String, String> labels(String name, String value) {
    var resource = options.resource();
    return Map.of("resource", resource.namespace() + "/" + resource.name(), name, value);
  }

  /** Fails what waits, and cuts what is open; returns after at most a few seconds. */
  @Override
  public void close() {
    refresher.shutdownNow();
    if (!group.isShuttingDown()) {
      configure(Map.of());
    }
    connections.close(STOP_SECONDS);
    resolvers.close();
    group
        .shutdownGracefully(0, STOP_SECONDS, TimeUnit.SECONDS)
        .awaitUninterruptibly(STOP_SECONDS, TimeUnit.SECONDS);
  }
}
