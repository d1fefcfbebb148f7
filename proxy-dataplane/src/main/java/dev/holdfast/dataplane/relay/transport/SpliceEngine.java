package dev.holdfast.dataplane.relay.transport;

import dev.holdfast.dataplane.relay.epoll.EpollTcpChannel;

/** Moves bytes from socket to socket, the small through a buffer, the many through a pipe. */
final class SpliceEngine implements TransferEngine {
  private final SpliceTransport transport;

  SpliceEngine(SpliceTransport transport) {
    this.transport = transport;
  }

  @Override
  public void start(Link link, EarlyBytes early) {
    var client = (EpollTcpChannel) link.client();
    var backend = (EpollTcpChannel) link.backend();
    new SplicedPair(link, client, backend, transport).start(early);
  }
}
