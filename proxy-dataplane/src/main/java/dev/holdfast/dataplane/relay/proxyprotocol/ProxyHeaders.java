package dev.holdfast.dataplane.relay.proxyprotocol;

import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.haproxy.HAProxyCommand;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyMessageEncoder;
import io.netty.handler.codec.haproxy.HAProxyProtocolVersion;
import io.netty.handler.codec.haproxy.HAProxyProxiedProtocol;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.FastThreadLocal;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes PROXY headers of endpoints, and endpoints of headers. */
public final class ProxyHeaders {
  /**
   * Netty's encoder runs in a pipeline only. This one is not the backend's, so that the header goes
   * the way of the client's own first bytes.
   */
  private static final FastThreadLocal<EmbeddedChannel> ENCODER =
      new FastThreadLocal<>() {
        @Override
        protected EmbeddedChannel initialValue() {
          return new EmbeddedChannel(HAProxyMessageEncoder.INSTANCE);
        }
      };

  private ProxyHeaders() {}

  /**
   * Who the header says is connected to whom; null when it does not say (LOCAL, UNKNOWN, or no TCP
   * over IP): then the connection itself says it. The message is not released.
   */
  public static @Nullable Endpoints endpoints(HAProxyMessage header) {
    var tcp =
        switch (header.proxiedProtocol()) {
          case TCP4, TCP6 -> header.command() == HAProxyCommand.PROXY;
          case UNKNOWN, UDP4, UDP6, UNIX_STREAM, UNIX_DGRAM -> false;
        };
    return tcp
        ? new Endpoints(
            address(header.sourceAddress(), header.sourcePort()),
            address(header.destinationAddress(), header.destinationPort()))
        : null;
  }

  private static InetSocketAddress address(String ip, int port) {
    // the decoder has checked that it is one
    return new InetSocketAddress(
        Objects.requireNonNull(NetUtil.createInetAddressFromIpAddressString(ip)), port);
  }

  /**
   * The header's bytes, which the caller releases.
   *
   * @throws IllegalArgumentException for {@link ProxyProtocol.Send#None}
   */
  public static ByteBuf encode(ProxyProtocol.Send send, Endpoints endpoints) {
    var version =
        switch (send) {
          case V1 -> HAProxyProtocolVersion.V1;
          case V2 -> HAProxyProtocolVersion.V2;
          case None -> throw new IllegalArgumentException("expected V1 or V2, found None");
        };
    var encoder = ENCODER.get();
    encoder.writeOutbound(message(version, endpoints));
    return encoder.readOutbound();
  }

  private static HAProxyMessage message(HAProxyProtocolVersion version, Endpoints endpoints) {
    var client = endpoints.client();
    var server = endpoints.server();
    var ipv4 = isIpv4(client) && isIpv4(server);
    return new HAProxyMessage(
        version,
        HAProxyCommand.PROXY,
        ipv4 ? HAProxyProxiedProtocol.TCP4 : HAProxyProxiedProtocol.TCP6,
        ipv4 ? ip(client) : ipv6(client),
        ipv4 ? ip(server) : ipv6(server),
        client.getPort(),
        server.getPort());
  }

  private static boolean isIpv4(InetSocketAddress address) {
    return address.getAddress() instanceof Inet4Address;
  }

  private static String ip(InetSocketAddress address) {
    return NetUtil.toAddressString(address.getAddress());
  }

  /** A header has two addresses of one family: beside an IPv6 address, IPv4 is mapped into it. */
  private static String ipv6(InetSocketAddress address) {
    return isIpv4(address) ? "::ffff:" + ip(address) : ip(address);
  }
}
