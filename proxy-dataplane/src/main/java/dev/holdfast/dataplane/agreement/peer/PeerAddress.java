package dev.holdfast.dataplane.agreement.peer;

/**
 * Where a peer listens for its peers.
 *
 * @param host an IP address, or a DNS name that is resolved anew for each connection
 */
public record PeerAddress(String host, int port) {

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
