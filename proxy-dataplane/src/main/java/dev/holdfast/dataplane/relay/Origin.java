package dev.holdfast.dataplane.relay;

import dev.holdfast.dataplane.relay.proxyprotocol.Endpoints;
import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * From where a client comes, as the backend and the access log are told: the connection's own
 * address, or what a believed PROXY header said. On the connection's event loop only.
 */
final class Origin {
  private final Channel channel;
  private final @Nullable AccessLine line;
  private @Nullable Endpoints told;

  private Origin(Channel channel, @Nullable AccessLine line) {
    this.channel = channel;
    this.line = line;
  }

  static Origin of(RelayState relay, Lane lane, Channel channel) {
    return new Origin(channel, relay.accessLog.isOn() ? AccessLine.of(relay, lane, channel) : null);
  }

  /** A believed PROXY header said so. */
  void told(Endpoints endpoints) {
    told = endpoints;
    if (line != null) {
      line.comesFrom(endpoints.client());
    }
  }

  void rejected(EndReason reason) {
    if (line != null) {
      line.rejected(reason);
    }
  }

  InetSocketAddress client() {
    return told != null ? told.client() : (InetSocketAddress) channel.remoteAddress();
  }

  /** Asks the kernel where the client was accepted. */
  Endpoints endpoints() {
    return told != null
        ? told
        : new Endpoints(client(), (InetSocketAddress) channel.localAddress());
  }

  /** Null while there is no access log. */
  @Nullable AccessLine line() {
    return line;
  }
}
