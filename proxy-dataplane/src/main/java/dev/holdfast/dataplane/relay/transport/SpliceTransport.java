package dev.holdfast.dataplane.relay.transport;

import dev.holdfast.dataplane.relay.epoll.EpollTcpChannel;
import dev.holdfast.dataplane.relay.epoll.EpollTcpServer;
import dev.holdfast.dataplane.relay.epoll.SpliceLoader;
import dev.holdfast.dataplane.relay.epoll.Transit;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Linux: sockets of our own on epoll loops; what comes in bulk stays in the kernel. */
public final class SpliceTransport extends Transport {
  private static final Logger LOG = LoggerFactory.getLogger(SpliceTransport.class);

  private final Map<EventExecutor, Transit> transits = new HashMap<>();

  private SpliceTransport(int threads, Memory memory, SpliceLoader loader) {
    super(new MultiThreadIoEventLoopGroup(threads, EpollIoHandler.newFactory()), threads, memory);
    loops().forEach(loop -> transits.put(loop, new Transit(loader)));
  }

  static SpliceTransport required(int threads, Memory memory) throws IOException {
    if (!Epoll.isAvailable()) {
      throw new IOException("epoll is not available", Epoll.unavailabilityCause());
    }
    var loader = new SpliceLoader();
    loader.load();
    return new SpliceTransport(threads, memory, loader);
  }

  static Transport ifPossible(int threads, Memory memory) {
    if (Epoll.isAvailable()) {
      return new SpliceTransport(threads, memory, new SpliceLoader());
    }
    LOG.info("epoll is not available here: {}", String.valueOf(Epoll.unavailabilityCause()));
    return new CopyTransport(threads, memory);
  }

  @Override
  public String name() {
    return "Splice";
  }

  @Override
  public TransferEngine engine() {
    return new SpliceEngine(this);
  }

  public Transit transit(EventLoop loop) {
    return Objects.requireNonNull(transits.get(loop), "a loop of this transport");
  }

  @Override
  public Channel newChannel(InetAddress address) {
    return new EpollTcpChannel(address);
  }

  @Override
  public ListeningSocket bind(InetSocketAddress address, boolean shared, SocketOptions sockets)
      throws IOException {
    return new EpollListeningSocket(
        EpollTcpServer.bind(address, shared, sockets.noDelay(), sockets.keepAlive()));
  }

  @Override
  public Class<? extends DatagramChannel> datagrams() {
    return EpollDatagramChannel.class;
  }

  /** Netty's own channel: a question and its answer are too short for its fault. */
  @Override
  public Class<? extends SocketChannel> streams() {
    return EpollSocketChannel.class;
  }

  @Override
  public void close() {
    super.close();
    transits.values().forEach(transit -> transit.pipes().close());
  }
}
