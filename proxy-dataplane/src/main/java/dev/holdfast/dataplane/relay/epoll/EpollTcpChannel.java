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
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
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
  private final AskedReads reads;
  private @Nullable IoRegistration registration;
  private @Nullable InetSocketAddress remote;
  private @Nullable Connecting connecting;
  private @Nullable SocketEngine engine;
  private boolean connected;

  /**
   * Not connected, for addresses of this one's family.
   *
   * @throws io.netty.channel.ChannelException when there is no descriptor left
   */
  public EpollTcpChannel(InetAddress address) {
    super(null);
    socket = Sockets.open(address);
    config = new EpollTcpConfig(this, socket, false, false);
    reads = new AskedReads(this, socket);
  }

  /** An accepted connection. */
  EpollTcpChannel(
      EpollTcpServer parent, Socket socket, InetSocketAddress remote, EpollTcpConfig inherited) {
    super(parent);
    this.socket = socket;
    this.remote = remote;
    config = new EpollTcpConfig(this, socket, inherited.noDelay(), inherited.keepAlive());
    reads = new AskedReads(this, socket);
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
    return reads.seen();
  }

  private void ready(int events) {
    if (engine != null) {
      engine.ready(events);
      return;
    }
    reads.saw(events);
    if (connecting != null) {
      proceed(connecting);
    }
    if (isActive()) {
      reads.readIfAsked();
    }
  }

  private void proceed(Connecting attempt) {
    switch (attempt.proceed()) {
      case UnderWay -> {}
      case Connected -> {
        connected = true;
        connecting = null;
        attempt.succeed();
        pipeline().fireChannelActive();
      }
      case Failed -> {
        connecting = null;
        close();
      }
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
    if (engine == null && reads.ask()) {
      eventLoop().execute(() -> ready(0));
    }
  }

  /** The closed descriptor leaves the epoll instance by itself. */
  @Override
  protected void doClose() throws IOException {
    connected = false;
    if (connecting != null) {
      connecting.abandon();
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
        connecting = Connecting.begin(socket, address, promise);
        Objects.requireNonNull(registration).submit(Events.ONCE_FOR_ALL);
      } catch (IOException | RuntimeException e) {
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
