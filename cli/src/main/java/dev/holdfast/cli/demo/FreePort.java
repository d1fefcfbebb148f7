package dev.holdfast.cli.demo;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Finds an address that nobody listens on, so that a demo works beside whatever runs here. */
final class FreePort {
  private FreePort() {}

  /** The wanted address if it is free now, else the same host with a free port. */
  static InetSocketAddress near(InetSocketAddress wanted) throws IOException {
    try {
      return probe(wanted);
    } catch (IOException taken) {
      return probe(new InetSocketAddress(wanted.getAddress(), 0));
    }
  }

  private static InetSocketAddress probe(InetSocketAddress wanted) throws IOException {
    try (var server = new ServerSocket()) {
      server.bind(wanted);
      return new InetSocketAddress(wanted.getAddress(), server.getLocalPort());
    }
  }
}
