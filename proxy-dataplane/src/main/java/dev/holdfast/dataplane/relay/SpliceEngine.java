package dev.holdfast.dataplane.relay;

import dev.holdfast.dataplane.relay.epoll.EpollTcpChannel;
import dev.holdfast.dataplane.relay.epoll.Transit;
import io.netty.channel.EventLoop;
import java.util.function.Function;

/** Moves bytes from socket to socket, the small through a buffer, the many through a pipe. */
final class SpliceEngine implements TransferEngine {
  private final Function<EventLoop, Transit> transits;

  SpliceEngine(Function<EventLoop, Transit> transits) {
    this.transits = transits;
  }

  @Override
  public void start(Pair pair, EarlyBytes early) {
    var client = (EpollTcpChannel) pair.channels().client();
    var backend = (EpollTcpChannel) pair.channels().backend();
    new SplicedPair(pair, client, backend, transits.apply(client.eventLoop())).start(early);
  }
}
