package dev.holdfast.health.probe;

import java.net.InetSocketAddress;

/**
 * Where a backend is.
 *
 * @param host IP address or DNS name, resolved anew for every run
 */
public record Address(String host, int port) {

  InetSocketAddress unresolved() {
    return InetSocketAddress.createUnresolved(host, port);
  }

  /** As in a URL, and as scripts get it. */
  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
