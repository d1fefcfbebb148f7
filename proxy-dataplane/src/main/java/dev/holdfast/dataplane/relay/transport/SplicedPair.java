package dev.holdfast.dataplane.relay.transport;

import dev.holdfast.dataplane.relay.epoll.EpollTcpChannel;
import dev.holdfast.dataplane.relay.epoll.Events;
import dev.holdfast.dataplane.relay.epoll.SocketEngine;
import io.netty.channel.EventLoop;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Two linked sockets and the bytes between them. On their event loop only. */
final class SplicedPair {
  private static final Logger LOG = LoggerFactory.getLogger(SplicedPair.class);

  private final Link link;
  private final EpollTcpChannel client;
  private final EpollTcpChannel backend;
  private final EventLoop loop;
  private final Flow toBackend;
  private final Flow toClient;
  private boolean again;
  private boolean over;

  SplicedPair(
      Link link, EpollTcpChannel client, EpollTcpChannel backend, SpliceTransport transport) {
    this.link = link;
    this.client = client;
    this.backend = backend;
    loop = client.eventLoop();
    var store = new Flow.Store(transport.transit(loop), transport.unsent(loop));
    toBackend = new Flow(link, Direction.ToBackend, client.socket(), backend.socket(), store);
    toClient = new Flow(link, Direction.ToClient, backend.socket(), client.socket(), store);
  }

  void start(EarlyBytes early) {
    try {
      toBackend.begin(early);
    } catch (OutOfMemoryError e) {
      link.outOfMemory(e);
      return;
    }
    var clientSide = new Side(client.socket(), toBackend, toClient);
    var backendSide = new Side(backend.socket(), toClient, toBackend);
    var ofClient = client.handOver(clientSide);
    var ofBackend = backend.handOver(backendSide);
    clientSide.ready(ofClient);
    backendSide.ready(ofBackend);
  }

  private void run() {
    if (!link.mayMove()) {
      return;
    }
    var moreToBackend = run(toBackend, toClient);
    var moreToClient = run(toClient, toBackend);
    if ((moreToBackend || moreToClient) && !again && !over) {
      again = true;
      loop.execute(this::runAgain);
    }
  }

  private boolean run(Flow flow, Flow opposite) {
    try {
      return !over && flow.run(opposite.ended());
    } catch (IOException e) {
      broken(flow.isReading() ? flow.from() : opposite.from());
    } catch (RuntimeException e) {
      LOG.warn("connection to {} cut", link.backendName(), e);
      broken(flow.from());
    } catch (OutOfMemoryError e) {
      link.outOfMemory(e);
    }
    return false;
  }

  private void broken(Socket side) {
    if (side.equals(client.socket())) {
      link.clientBroken();
    } else {
      link.backendBroken();
    }
  }

  private void runAgain() {
    again = false;
    run();
  }

  private void end() {
    if (!over) {
      over = true;
      toBackend.discard();
      toClient.discard();
    }
  }

  /** One of the two sockets. */
  private final class Side implements SocketEngine {
    private final Socket socket;
    private final Flow from;
    private final Flow to;

    Side(Socket socket, Flow from, Flow to) {
      this.socket = socket;
      this.from = from;
      this.to = to;
    }

    @Override
    public void ready(int events) {
      if (over) {
        return;
      }
      if (Events.failed(events) && hasError()) {
        broken(socket);
        return;
      }
      if (Events.readable(events)) {
        from.sourceReady(Events.moreThanBytes(events));
      }
      if (Events.writable(events)) {
        to.sinkReady();
      }
      run();
    }

    private boolean hasError() {
      try {
        return socket.getSoError() != 0;
      } catch (IOException e) {
        return true;
      }
    }

    @Override
    public void closed() {
      end();
    }
  }
}
