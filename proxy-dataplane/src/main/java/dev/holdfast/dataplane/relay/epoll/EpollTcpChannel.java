package dev.holdfast.dataplane.relay.epoll;

import io.netty.channel.AbstractChannel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelMetadata;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoEvent;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.ClosedChannelException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A TCP connection on an epoll loop, registered once and edge-triggered. It connects, and reads
 * when it is asked to, until it is handed over to a {@link SocketEngine}, which then uses the
 * socket itself. Nothing can be written through the channel.
 *
 * <p>Netty's own channel is not used because it loses bytes on half-closed connections (4.2.13 and
 * later), reads unasked when the peer has ended its stream, and needs five more system calls per
 * connection.
 */
public final class EpollTcpChannel extends AbstractChannel {
  private static final ChannelMetadata METADATA = new ChannelMetadata(false, 1);

  private final Socket socket;
  private final EpollTcpConfig config;
  private @Nullable IoRegistration registration;
  private @Nullable InetSocketAddress remote;
  private @Nullable ChannelPromise connecting;
  private @Nullable SocketEngine engine;
  private boolean connected;
  private int seen;
  private boolean readWanted;
  private boolean inputEnded;

  /**
   * Not connected, for addresses of this one's family.
   *
   * @throws io.netty.channel.ChannelException when there is no descriptor left
   */
  public EpollTcpChannel(InetAddress address) {
    super(null);
    socket = Sockets.open(address);
    config = new EpollTcpConfig(this, socket, false, false);
  }

  /** An accepted connection. */
  EpollTcpChannel(
      EpollTcpServer parent, Socket socket, InetSocketAddress remote, EpollTcpConfig inherited) {
    super(parent);
    this.socket = socket;
    this.remote = remote;
    config = new EpollTcpConfig(this, socket, inherited.noDelay(), inherited.keepAlive());
    connected = true;
  }

  /** Nonblocking. */
  public Socket socket() {
    return socket;
  }

  /**
   * From now on the engine is told of events, and the channel reads no more.
   *
   * @return the events that have come so far and will not be told again
   */
  public int handOver(SocketEngine newEngine) {
    assert eventLoop().inEventLoop();
    engine = newEngine;
    return seen;
  }

  private void ready(int events) {
    if (engine != null) {
      engine.ready(events);
      return;
    }
    seen |= events;
    if (connecting != null) {
      finishConnecting();
    }
    // a failure too is seen by whoever reads, and by nobody before
    if (readWanted && Events.readable(seen) && isActive()) {
      readOnce();
    }
  }

  private void finishConnecting() {
    var promise = Objects.requireNonNull(connecting);
    try {
      if (socket.finishConnect()) {
        connected = true;
        connecting = null;
        promise.trySuccess();
        pipeline().fireChannelActive();
      }
    } catch (IOException e) {
      connecting = null;
      promise.tryFailure(ConnectErrors.typed(e));
      close();
    }
  }

  private void fail(IOException cause) {
    pipeline().fireExceptionCaught(cause);
    close();
  }

  private void readOnce() {
    readWanted = false;
    var handle = unsafe().recvBufAllocHandle();
    handle.reset(config);
    var bytes = config.getAllocator().directBuffer(handle.guess());
    int read;
    try {
      var room = bytes.internalNioBuffer(0, bytes.capacity());
      read = socket.recv(room, room.position(), room.limit());
    } catch (IOException e) {
      bytes.release();
      fail(e);
      return;
    }
    handle.lastBytesRead(read);
    if (read > 0) {
      pipeline().fireChannelRead(bytes.writerIndex(read));
    } else {
      bytes.release();
      nothingRead(read);
    }
    handle.readComplete();
    pipeline().fireChannelReadComplete();
  }

  private void nothingRead(int result) {
    seen = 0;
    if (result < 0) {
      inputEnded = true;
      pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
    } else {
      readWanted = true;
    }
  }

  @Override
  public ChannelConfig config() {
    return config;
  }

  @Override
  public boolean isOpen() {
    return socket.isOpen();
  }

  @Override
  public boolean isActive() {
    return connected && socket.isOpen();
  }

  @Override
  public ChannelMetadata metadata() {
    return METADATA;
  }

  @Override
  protected AbstractUnsafe newUnsafe() {
    return new Unsafe();
  }

  @Override
  protected boolean isCompatible(EventLoop loop) {
    return loop instanceof IoEventLoop io && io.isCompatible(Unsafe.class);
  }

  @Override
  protected @Nullable SocketAddress localAddress0() {
    return socket.localAddress();
  }

  @Override
  protected @Nullable SocketAddress remoteAddress0() {
    return remote;
  }

  /** A socket that is neither connected nor connecting would report a hang-up. */
  @Override
  protected void doRegister(ChannelPromise promise) {
    Registrations.complete(
        ((IoEventLoop) eventLoop()).register((Unsafe) unsafe()),
        promise,
        registered -> {
          registration = registered;
          if (connected) {
            registered.submit(Events.ONCE_FOR_ALL);
          }
        });
  }

  @Override
  protected void doBeginRead() {
    if (inputEnded || engine != null) {
      return;
    }
    readWanted = true;
    if (Events.readable(seen)) {
      eventLoop().execute(() -> ready(0));
    }
  }

  /** The closed descriptor leaves the epoll instance by itself. */
  @Override
  protected void doClose() throws IOException {
    connected = false;
    if (connecting != null) {
      connecting.tryFailure(new ClosedChannelException());
      connecting = null;
    }
    try {
      socket.close();
    } finally {
      if (registration != null) {
        registration.cancel();
      }
      if (engine != null) {
        engine.closed();
      }
    }
  }

  @Override
  protected void doDeregister() {
    if (registration != null) {
      registration.cancel();
    }
  }

  @Override
  protected void doBind(SocketAddress localAddress) {
    throw new UnsupportedOperationException("a connection is not bound to a local address");
  }

  @Override
  protected void doDisconnect() throws IOException {
    doClose();
  }

  @Override
  protected void doWrite(ChannelOutboundBuffer buffer) {
    throw new UnsupportedOperationException("bytes are sent by the engine only");
  }

  private final class Unsafe extends AbstractUnsafe implements EpollIoHandle {

    @Override
    public void connect(
        SocketAddress address, @Nullable SocketAddress local, ChannelPromise promise) {
      if (!promise.setUncancellable() || !ensureOpen(promise)) {
        return;
      }
      try {
        remote = (InetSocketAddress) address;
        // even a connect that is done at once is told by the first event
        socket.connect(address);
        connecting = promise;
        Objects.requireNonNull(registration).submit(Events.ONCE_FOR_ALL);
      } catch (IOException e) {
        promise.tryFailure(ConnectErrors.typed(e));
        closeIfClosed();
      } catch (RuntimeException e) {
        promise.tryFailure(e);
        closeIfClosed();
      }
    }

    @Override
    public void handle(IoRegistration source, IoEvent event) {
      ready(((EpollIoEvent) event).ops().value());
    }

    @Override
    public FileDescriptor fd() {
      return socket;
    }

    @Override
    public void close() {
      close(voidPromise());
    }
  }
}
