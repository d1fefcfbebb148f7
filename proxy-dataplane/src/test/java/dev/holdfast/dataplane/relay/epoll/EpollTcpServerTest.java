package dev.holdfast.dataplane.relay.epoll;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class EpollTcpServerTest {
  private final MultiThreadIoEventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
  private final BlockingQueue<Object> events = new LinkedBlockingQueue<>();
  private EpollTcpServer server;

  @BeforeEach
  void listen() throws Exception {
    server =
        EpollTcpServer.bind(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), false, true, true);
    server
        .pipeline()
        .addLast(
            new ChannelInboundHandlerAdapter() {
              @Override
              public void channelRead(ChannelHandlerContext ctx, Object accepted) {
                ((Channel) accepted).unsafe().closeForcibly();
                events.add("accepted");
              }

              @Override
              public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
                events.add(cause);
              }
            });
    assertThat(loops.register(server).await(10, TimeUnit.SECONDS)).isTrue();
  }

  @AfterEach
  void stop() {
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
  }

  @Test
  @DisplayName("T22 who comes while accepting pauses waits in the queue, and is accepted after it")
  void pauses() throws Exception {
    for (var pause = 0; pause < 3; pause++) {
      accepting(false);
      try (var client = connect()) {
        assertThat(client.isConnected()).isTrue();
        assertThat(events.poll(200, TimeUnit.MILLISECONDS)).isNull();
        accepting(true);
        assertThat(events.poll(10, TimeUnit.SECONDS)).isEqualTo("accepted");
      }
    }
    assertThat(server.isOpen()).isTrue();
  }

  private void accepting(boolean wanted) {
    var set = server.eventLoop().submit(() -> server.config().setAutoRead(wanted));
    assertThat(set.awaitUninterruptibly(10, TimeUnit.SECONDS)).isTrue();
  }

  private Socket connect() throws Exception {
    var address = server.localAddress();
    return new Socket(address.getAddress(), address.getPort());
  }
}
