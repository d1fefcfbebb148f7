package dev.holdfast.floatingip.fake;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerKeepAliveHandler;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.TimeUnit;

/** A {@link FakeCloud} behind HTTP/1.1, until it is closed. */
public final class FakeHetzner implements AutoCloseable {
  private static final int START_SECONDS = 10;
  private static final int STOP_SECONDS = 5;
  private static final int IDLE_SECONDS = 60;
  private static final int MAX_CONNECTIONS = 256;
  private static final int MAX_BODY = 1 << 20;

  private final EventLoopGroup loop =
      new MultiThreadIoEventLoopGroup(
          1, new DefaultThreadFactory("fake-hetzner", true), NioIoHandler.newFactory());
  private final ChannelGroup channels = new DefaultChannelGroup(loop.next(), true);
  private final FakeCloud cloud;
  private final InetSocketAddress address;

  /**
   * @param controlToken for {@code /control}
   * @throws IOException when the address cannot be bound
   */
  public FakeHetzner(FakeCloud cloud, InetSocketAddress wanted, String controlToken)
      throws IOException {
    this.cloud = cloud;
    var binding =
        new ServerBootstrap()
            .group(loop)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(new Connections(new Control(cloud, controlToken)))
            .bind(wanted)
            .awaitUninterruptibly();
    if (!binding.isSuccess()) {
      close();
      throw new IOException(
          "cannot listen on %s:%d: %s; choose another address or port"
              .formatted(wanted.getHostString(), wanted.getPort(), binding.cause()),
          binding.cause());
    }
    channels.add(binding.channel());
    this.address = (InetSocketAddress) binding.channel().localAddress();
  }

  public FakeCloud cloud() {
    return cloud;
  }

  /** With the port that was given when 0 was asked for. */
  public InetSocketAddress address() {
    return address;
  }

  /** What a client is given, with the version. */
  public URI endpoint() {
    var host = address.getAddress().getHostAddress();
    return URI.create(
        "http://%s:%d/v1"
            .formatted(host.indexOf(':') < 0 ? host : "[" + host + "]", address.getPort()));
  }

  /** Cuts what is open; returns after at most a few seconds. */
  @Override
  public void close() {
    channels.close().awaitUninterruptibly(STOP_SECONDS, TimeUnit.SECONDS);
    loop.shutdownGracefully(0, STOP_SECONDS, TimeUnit.SECONDS)
        .awaitUninterruptibly(START_SECONDS, TimeUnit.SECONDS);
  }

  private final class Connections extends ChannelInitializer<SocketChannel> {
    private final Control control;

    Connections(Control control) {
      this.control = control;
    }

    @Override
    protected void initChannel(SocketChannel channel) {
      if (channels.size() > MAX_CONNECTIONS) {
        channel.close();
        return;
      }
      channels.add(channel);
      channel
          .pipeline()
          .addLast(
              new IdleStateHandler(0, 0, IDLE_SECONDS),
              new HttpServerCodec(),
              new HttpServerKeepAliveHandler(),
              new HttpObjectAggregator(MAX_BODY),
              new RequestHandler(cloud, control));
    }
  }
}
