package dev.holdfast.dataplane.relay.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
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

  /**
   * For bytes that their receivers have not taken yet.
   *
   * @param buffers makes direct ones of a size in bytes
   * @param unsentLimit from which on connections read little at a time, in bytes
   */
  public record Memory(IntFunction<ByteBuf> buffers, long unsentLimit) {

    /** A quarter of what there is for buffers: by default as much as the heap may be. */
    public static Memory usual() {
      return new Memory(
          ByteBufAllocator.DEFAULT::directBuffer, Runtime.getRuntime().maxMemory() / 4);
    }
  }

  private final EventLoopGroup loops;
  private final Map<EventExecutor, UnsentBytes> unsent = new HashMap<>();
  private final MemoryLog memoryLog = new MemoryLog(System::nanoTime);

  Transport(EventLoopGroup loops, int threads, Memory memory) {
    this.loops = loops;
    var share = memory.unsentLimit() / threads;
    loops.forEach(loop -> unsent.put(loop, new UnsentBytes(memory.buffers(), share)));
  }

  /**
   * @param threads event loops, at least one
   * @throws IOException when {@link Choice#Splice} is wanted and cannot be; says why
   */
  public static Transport open(Choice choice, int threads) throws IOException {
    return open(choice, threads, Memory.usual());
  }

  public static Transport open(Choice choice, int threads, Memory memory) throws IOException {
    var transport =
        switch (choice) {
          case Splice -> SpliceTransport.required(threads, memory);
          case Copy -> new CopyTransport(threads, memory);
          case Auto -> SpliceTransport.ifPossible(threads, memory);
        };
    LOG.debug("transport {}, {} event loops", transport.name(), threads);
    return transport;
  }

  /** {@code Splice} or {@code Copy}. */
  public abstract String name();

  public EventLoopGroup loops() {
    return loops;
  }

  UnsentBytes unsent(EventExecutor loop) {
    return Objects.requireNonNull(unsent.get(loop), "a loop of this transport");
  }

  /** What receivers have not taken yet, in bytes; any thread. */
  public long unsentBytes() {
    return unsent.values().stream().mapToLong(UnsentBytes::held).sum();
  }

  public MemoryLog memoryLog() {
    return memoryLog;
  }

  public abstract TransferEngine engine();

  /**
   * A channel that can be connected to the address, on any of the loops.
   *
   * @throws io.netty.channel.ChannelException when there is no descriptor left
   */
  public abstract Channel newChannel(InetAddress address);

  /** Binds a listening socket, which accepts nothing before it is served. */
  public abstract ListeningSocket bind(
      InetSocketAddress address, boolean shared, SocketOptions sockets) throws IOException;

  /** For name servers. */
  public abstract Class<? extends DatagramChannel> datagrams();

  /** For name servers. */
  public abstract Class<? extends SocketChannel> streams();

  /** Stops the loops; to be called when every relay is closed. */
  @Override
  public void close() {
    loops
        .shutdownGracefully(0, STOP_SECONDS, TimeUnit.SECONDS)
        .awaitUninterruptibly(STOP_SECONDS, TimeUnit.SECONDS);
  }
}
