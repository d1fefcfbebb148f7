package dev.holdfast.dataplane.relay.epoll;

import io.netty.channel.epoll.LinuxSocket;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.unix.Socket;
import java.net.Inet6Address;
import java.net.InetAddress;

/** Makes nonblocking TCP sockets. */
final class Sockets {
  private Sockets() {}

  /**
   * For addresses of one family; one of IPv6 takes IPv4 clients too when bound to every address.
   *
   * @throws io.netty.channel.ChannelException when there is no descriptor left
   */
  static Socket open(InetAddress address) {
    return LinuxSocket.newSocketStream(
        address instanceof Inet6Address ? SocketProtocolFamily.INET6 : SocketProtocolFamily.INET);
  }
}
