package dev.holdfast.dataplane.relay.proxyprotocol;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

/**
 * What is done with PROXY headers.
 *
 * @param trusted whose headers are believed; the bytes of others are payload
 * @param headerTimeout how long a client may take for its header
 */
public record ProxyProtocol(
    Accept accept, Send send, List<Network> trusted, Duration headerTimeout) {
  public static final ProxyProtocol NONE =
      new ProxyProtocol(Accept.Never, Send.None, List.of(), Duration.ZERO);

  public ProxyProtocol {
    trusted = List.copyOf(trusted);
  }

  public boolean trusts(InetAddress source) {
    return trusted.stream().anyMatch(network -> network.contains(source));
  }

  public enum Accept {
    Never,
    /** A header is read when there is one. */
    Optional,
    Required
  }

  public enum Send {
    None,
    V1,
    V2
  }
}
