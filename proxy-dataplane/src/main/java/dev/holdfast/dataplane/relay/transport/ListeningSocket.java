package dev.holdfast.dataplane.relay.transport;

import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;

/** One bound socket; clients wait in the kernel until it is served by an event loop. */
public sealed interface ListeningSocket permits NioListeningSocket, EpollListeningSocket {

  InetSocketAddress address() throws IOException;

  /** From now on each accepted channel is read by the acceptor. */
  void serve(EventLoop loop, ChannelHandler acceptor);

  /** A socket that is not served yet. */
  void discard() throws IOException;

  /**
   * @param takeQueued accept first whoever is in the queue, instead of having the kernel reset them
   */
  CompletableFuture<Void> close(boolean takeQueued);
}
