package dev.holdfast.dataplane.admin.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.timeout.WriteTimeoutHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An HTTP/1.1 server with one event loop of its own, so that it never takes time from a relay. */
public final class HttpServer implements AutoCloseable {
  private static final int START_SECONDS = 10;
  private static final int STOP_SECONDS = 5;
  private static final int MAX_REQUEST_LINE = 4096;
  private static final int MAX_CHUNK = 8192;

  private final EventLoopGroup loop;
  private final ChannelGroup channels;
  private final HttpCounters counters;
  private final HttpLimits limits;
  private final @Nullable Supplier<SslContext> tls;
  private final Exchanges exchanges;
  private final InetSocketAddress address;

  /**
   * Listens until it is closed.
   *
   * @param name of the thread
   * @param tls asked anew for each connection; null for plain HTTP
   * @throws IOException when the address cannot be bound
   */
  public HttpServer(
      String name,
      InetSocketAddress address,
      HttpLimits limits,
      HttpCounters counters,
      FrontDoor door,
      List<Route> routes,
      @Nullable Supplier<SslContext> tls)
      throws IOException {
    this.limits = limits;
    this.counters = counters;
    this.tls = tls;
    this.exchanges = new Exchanges(new Router(routes), door, limits, counters);
    this.loop =
        new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory(name, true), NioIoHandler.newFactory());
    this.channels = new DefaultChannelGroup(loop.next(), true);
    this.address = bind(address);
  }

  /** With the port that was given when 0 was asked for. */
  public InetSocketAddress address() {
    return address;
  }

  private InetSocketAddress bind(InetSocketAddress wanted) throws IOException {
    var binding =
        new ServerBootstrap()
            .group(loop)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.AUTO_READ, false)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(new Connections())
            .bind(wanted);
    binding.awaitUninterruptibly(START_SECONDS, TimeUnit.SECONDS);
    if (!binding.isSuccess()) {
      close();
      throw new IOException(
          "cannot listen on %s:%d: %s; choose another address or port"
              .formatted(wanted.getHostString(), wanted.getPort(), binding.cause()),
          binding.cause());
    }
    channels.add(binding.channel());
    return (InetSocketAddress) binding.channel().localAddress();
  }

  /** Cuts what is open; returns after at most a few seconds. */
  @Override
  public void close() {
    channels.close().awaitUninterruptibly(STOP_SECONDS, TimeUnit.SECONDS);
    loop.shutdownGracefully(0, STOP_SECONDS, TimeUnit.SECONDS)
        .awaitUninterruptibly(STOP_SECONDS, TimeUnit.SECONDS);
  }

  private final class Connections extends ChannelInitializer<SocketChannel> {
    @Override
    protected void initChannel(SocketChannel channel) {
      var open = counters.connections.incrementAndGet();
      channel.closeFuture().addListener(closed -> counters.connections.decrementAndGet());
      if (open > limits.connections()) {
        counters.turnedAway();
        channel.close();
        return;
      }
      channels.add(channel);
      if (tls != null) {
        channel.pipeline().addLast(tlsHandler(channel, tls.get()));
      }
      channel
          .pipeline()
          .addLast(
              new WriteTimeoutHandler(limits.writeTimeout().toMillis(), TimeUnit.MILLISECONDS),
              new HttpServerCodec(
                  new HttpDecoderConfig()
                      .setMaxInitialLineLength(MAX_REQUEST_LINE)
                      .setMaxHeaderSize(limits.headerBytes())
                      .setMaxChunkSize(MAX_CHUNK)),
              new RequestReader(exchanges));
    }

    private SslHandler tlsHandler(Channel channel, SslContext context) {
      var handler = context.newHandler(channel.alloc());
      handler.setHandshakeTimeoutMillis(limits.requestTimeout().toMillis());
      return handler;
    }
  }
}
