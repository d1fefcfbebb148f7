package dev.holdfast.dataplane.relay.transport;

import dev.holdfast.dataplane.relay.epoll.EpollTcpServer;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/** A listening socket on an epoll loop. */
record EpollListeningSocket(EpollTcpServer server) implements ListeningSocket {

  @Override
  public InetSocketAddress address() {
    return Objects.requireNonNull(server.localAddress(), "the address of a bound socket");
  }

  @Override
  public void serve(EventLoop loop, ChannelHandler acceptor) {
    server.pipeline().addLast(acceptor);
    loop.register(server);
  }

  @Override
  public void discard() throws IOException {
    server.discard();
  }

  @Override
  public CompletableFuture<Void> close(boolean takeQueued) {
    var closed = new CompletableFuture<Void>();
    server
        .eventLoop()
        .execute(() -> {
          if (takeQueued) {
            server.acceptQueued();
          }
          server.close().addListener(done -> closed.complete(null));
        });
    return closed;
  }
}
