package dev.holdfast.dataplane.relay;

import dev.holdfast.dataplane.relay.RelayOptions.Listen;
import dev.holdfast.dataplane.relay.transport.ListeningSocket;
import dev.holdfast.dataplane.relay.transport.Transport;
import io.netty.util.NetUtil;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Binds a socket for each event loop, where several can share an address (SO_REUSEPORT): the kernel
 * spreads the clients, and none changes threads. Elsewhere the first loop accepts for all.
 */
final class ListenerBinder {
  private final RelayState relay;
  private final List<Lane> lanes;
  private final Transport transport;
  private final boolean shareable;
  private final AtomicInteger next = new AtomicInteger();

  ListenerBinder(RelayState relay, List<Lane> lanes, Transport transport) {
    this.relay = relay;
    this.lanes = lanes;
    this.transport = transport;
    shareable = lanes.size() > 1 && canShare();
  }

  private static boolean canShare() {
    try (var probe = new ServerSocket()) {
      return probe.supportedOptions().contains(StandardSocketOptions.SO_REUSEPORT);
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Binds all sockets or none.
   *
   * @param ours whether this relay has the port at another address, which the new one may overlap
   */
  BoundListener bind(Listen listen, boolean ours) throws IOException {
    var wanted = address(listen);
    if (shareable && !ours) {
      requireUnused(wanted);
    }
    var sockets = new ArrayList<ListeningSocket>();
    try {
      sockets.add(bind(wanted, shareable));
      var actual = sockets.getFirst().address();
      for (var i = 1; shareable && i < lanes.size(); i++) {
        sockets.add(bind(actual, true));
      }
      serve(sockets, actual.getPort());
      return new BoundListener(
          listen,
          NetUtil.toAddressString(actual.getAddress()),
          actual.getPort(),
          List.copyOf(sockets));
    } catch (IOException e) {
      for (var socket : sockets) {
        socket.discard();
      }
      throw e;
    }
  }

  /** Sockets that share would join those of another process or resource without an error. */
  private void requireUnused(InetSocketAddress address) throws IOException {
    if (address.getPort() != 0) {
      bind(address, false).discard();
    }
  }

  private ListeningSocket bind(InetSocketAddress address, boolean shared) throws IOException {
    return transport.bind(address, shared, relay.options().sockets());
  }

  private void serve(List<ListeningSocket> sockets, int port) {
    for (var i = 0; i < sockets.size(); i++) {
      var own = lanes.get(i);
      var acceptor = new Acceptor(relay, shareable ? () -> own : this::nextLane, own.spare, port);
      sockets.get(i).serve(own.loop, acceptor);
    }
  }

  private Lane nextLane() {
    return lanes.get(Math.floorMod(next.getAndIncrement(), lanes.size()));
  }

  private static InetSocketAddress address(Listen listen) throws IOException {
    var address = NetUtil.createInetAddressFromIpAddressString(listen.address());
    if (address == null) {
      throw new IllegalArgumentException(
          "expected an IP address, found \"" + listen.address() + "\"");
    }
    return new InetSocketAddress(inFamilyAtHand(address), listen.port());
  }

  /** Without IPv6 "every address" is every IPv4 address. */
  private static InetAddress inFamilyAtHand(InetAddress address) throws IOException {
    if (address instanceof Inet4Address || hasIpv6()) {
      return address;
    }
    if (address.isAnyLocalAddress()) {
      return InetAddress.getByAddress(new byte[4]);
    }
    throw new IOException("this machine has no IPv6");
  }

  private static boolean hasIpv6() throws IOException {
    try (var probe = ServerSocketChannel.open(StandardProtocolFamily.INET6)) {
      return probe.isOpen();
    } catch (UnsupportedOperationException e) {
      return false;
    }
  }
}
