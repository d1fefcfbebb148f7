package dev.holdfast.dataplane.relay.epoll;

import io.netty.channel.AbstractServerChannel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoEvent;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.NativeInetAddress;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * A listening socket on an epoll loop, bound before it is registered; its children are {@link
 * EpollTcpChannel}s, which inherit its options from the kernel.
 */
public final class EpollTcpServer extends AbstractServerChannel {
  private static final int BACKLOG = 4096;

  /** Other channels of the loop get their turn in between. */
  private static final int MAX_ACCEPTS_AT_A_TIME = 32;

  /** The longest address, its scope and its port, after the length that the kernel fills in. */
  private static final int ADDRESS_BYTES = 26;

  /** Errors are told unasked. For no event at all Netty's loop would forget the descriptor. */
  private static final EpollIoOps PAUSED = EpollIoOps.EPOLLERR;

  private final Socket socket;
  private final EpollTcpConfig config;
  private final byte[] address = new byte[ADDRESS_BYTES];
  private @Nullable IoRegistration registration;
  private EpollIoOps listening = EpollIoOps.NONE;
  private int attempts = 1;

  private EpollTcpServer(Socket socket) {
    this.socket = socket;
    config =
        new EpollTcpConfig(this, socket, false, false) {
          @Override
          protected void autoReadCleared() {
            listenFor(PAUSED);
          }
        };
  }

  /**
   * @param shared several sockets may be bound to the address
   */
  public static EpollTcpServer bind(
      InetSocketAddress address, boolean shared, boolean noDelay, boolean keepAlive)
      throws IOException {
    var socket = Sockets.open(address.getAddress());
    try {
      socket.setReuseAddress(true);
      if (shared) {
        socket.setReusePort(true);
      }
      var server = new EpollTcpServer(socket);
      server.config.setOption(ChannelOption.TCP_NODELAY, noDelay);
      server.config.setOption(ChannelOption.SO_KEEPALIVE, keepAlive);
      socket.bind(address);
      socket.listen(BACKLOG);
      return server;
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  /** Closes a socket that has not been registered. */
  public void discard() throws IOException {
    socket.close();
  }

  /** Hands over whoever is in the queue, as the loop would; on the loop. */
  public void acceptQueued() {
    while (acceptOne()) {}
    pipeline().fireChannelReadComplete();
  }

  /** As many as came at a time lately: the try that finds nobody is a system call too. */
  private void acceptSome() {
    var accepted = 0;
    while (accepted < attempts && config.isAutoRead() && isOpen() && acceptOne()) {
      accepted++;
    }
    attempts = accepted == attempts ? Math.min(2 * attempts, MAX_ACCEPTS_AT_A_TIME) : 1;
    pipeline().fireChannelReadComplete();
  }

  private boolean acceptOne() {
    try {
      var descriptor = socket.accept(address);
      if (descriptor < 0) {
        return false;
      }
      var remote = NativeInetAddress.address(address, 1, address[0]);
      pipeline().fireChannelRead(new EpollTcpChannel(this, new Socket(descriptor), remote, config));
      return true;
    } catch (IOException e) {
      pipeline().fireExceptionCaught(e);
      return false;
    }
  }

  private void listenFor(EpollIoOps ops) {
    if (registration != null && registration.isValid() && !ops.equals(listening)) {
      listening = ops;
      registration.submit(ops);
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
    return socket.isOpen();
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
  public @Nullable InetSocketAddress localAddress() {
    return (InetSocketAddress) super.localAddress();
  }

  @Override
  protected @Nullable SocketAddress localAddress0() {
    return socket.localAddress();
  }

  @Override
  protected void doRegister(ChannelPromise promise) {
    Registrations.complete(
        ((IoEventLoop) eventLoop()).register((Unsafe) unsafe()),
        promise,
        registered -> registration = registered);
  }

  @Override
  protected void doBeginRead() {
    listenFor(EpollIoOps.EPOLLIN);
  }

  @Override
  protected void doClose() throws IOException {
    socket.close();
    if (registration != null) {
      registration.cancel();
    }
  }

  @Override
  protected void doBind(SocketAddress localAddress) {
    throw new UnsupportedOperationException("it is bound from the start");
  }

  private final class Unsafe extends AbstractUnsafe implements EpollIoHandle {

    @Override
    public void connect(
        SocketAddress remote, @Nullable SocketAddress local, ChannelPromise promise) {
      promise.tryFailure(new UnsupportedOperationException("a listening socket cannot connect"));
    }

    @Override
    public void handle(IoRegistration source, IoEvent event) {
      if (((EpollIoEvent) event).ops().value() != 0) {
        acceptSome();
      }
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
