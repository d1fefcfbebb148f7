package dev.holdfast.dataplane.relay;

import dev.holdfast.dataplane.relay.epoll.EpollTcpChannel;

/** Moves bytes from socket to socket, the small through a buffer, the many through a pipe. */
final class SpliceEngine implements TransferEngine {
  private final SpliceTransport transport;

  SpliceEngine(SpliceTransport transport) {
    this.transport = transport;
  }

  @Override
  public void start(Pair pair, EarlyBytes early) {
    var client = (EpollTcpChannel) pair.channels().client();
    var backend = (EpollTcpChannel) pair.channels().backend();
    new SplicedPair(pair, client, backend, transport).start(early);
  }
}
