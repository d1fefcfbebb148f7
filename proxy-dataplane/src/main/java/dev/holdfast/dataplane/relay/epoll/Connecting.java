package dev.holdfast.dataplane.relay.epoll;

import io.netty.channel.ChannelPromise;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.ClosedChannelException;

/** A connect on its way. On its channel's event loop only. */
final class Connecting {

  /** How far it is. */
  enum Progress {
    UnderWay,
    Connected,
    /** The promise knows why. */
    Failed
  }

  private final Socket socket;
  private final ChannelPromise promise;

  private Connecting(Socket socket, ChannelPromise promise) {
    this.socket = socket;
    this.promise = promise;
  }

  /** Even a connect that is done at once is told by the socket's first event. */
  static Connecting begin(Socket socket, SocketAddress address, ChannelPromise promise)
      throws IOException {
    try {
      socket.connect(address);
      return new Connecting(socket, promise);
    } catch (IOException e) {
      throw ConnectErrors.typed(e);
    }
  }

  /** The socket had an event. */
  Progress proceed() {
    try {
      return socket.finishConnect() ? Progress.Connected : Progress.UnderWay;
    } catch (IOException e) {
      promise.tryFailure(ConnectErrors.typed(e));
      return Progress.Failed;
    }
  }

  void succeed() {
    promise.trySuccess();
  }

  /** The channel was closed before. */
  void abandon() {
    promise.tryFailure(new ClosedChannelException());
  }
}
