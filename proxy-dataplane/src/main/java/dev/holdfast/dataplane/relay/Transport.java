package dev.holdfast.dataplane.relay;

import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.SocketChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How relays reach the system's sockets: event loops, their channels, and what moves bytes. */
public abstract sealed class Transport implements AutoCloseable
    permits SpliceTransport, CopyTransport {
  private static final Logger LOG = LoggerFactory.getLogger(Transport.class);
  private static final long STOP_SECONDS = 5;

  /** Which transport is wanted. */
  public enum Choice {
    /** {@link #Splice} where it can be, else {@link #Copy}. */
    Auto,
    /** Linux: epoll, and splice(2) for bulk. */
    Splice,
    /** Everywhere: through buffers of this process. */
    Copy
  }

  private final EventLoopGroup loops;

  Transport(EventLoopGroup loops) {
    this.loops = loops;
  }

  /**
   * @param threads event loops, at least one
   * @throws IOException when {@link Choice#Splice} is wanted and cannot be; says why
   */
  public static Transport open(Choice choice, int threads) throws IOException {
    var transport =
        switch (choice) {
          case Splice -> SpliceTransport.required(threads);
          case Copy -> new CopyTransport(threads);
          case Auto -> SpliceTransport.ifPossible(threads);
        };
    LOG.debug("transport {}, {} event loops", transport.name(), threads);
    return transport;
  }

  /** {@code Splice} or {@code Copy}. */
  public abstract String name();

  EventLoopGroup loops() {
    return loops;
  }

  abstract TransferEngine engine();

  /**
   * A channel that can be connected to the address, on any of the loops.
   *
   * @throws io.netty.channel.ChannelException when there is no descriptor left
   */
  abstract Channel newChannel(InetAddress address);

  /** Binds a listening socket, which accepts nothing before it is served. */
  abstract ListeningSocket bind(
      InetSocketAddress address, boolean shared, RelayOptions.Sockets sockets) throws IOException;

  /** For name servers. */
  abstract Class<? extends DatagramChannel> datagrams();

  /** For name servers. */
  abstract Class<? extends SocketChannel> streams();

  /** Stops the loops; to be called when every relay is closed. */
  @Override
  public void close() {
    loops
        .shutdownGracefully(0, STOP_SECONDS, TimeUnit.SECONDS)
        .awaitUninterruptibly(STOP_SECONDS, TimeUnit.SECONDS);
  }
}
