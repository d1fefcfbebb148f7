package dev.holdfast.dataplane.relay;

import java.net.InetSocketAddress;

/**
 * A client that is to be routed. What it says stays the same however often its router is asked, and
 * is asked for on the client's event loop only.
 */
public interface Visit {

  /** As a believed PROXY header told, if there was one. */
  InetSocketAddress client();

  /** The port where it was accepted, whatever a PROXY header says. */
  int listenPort();

  /**
   * The bytes that {@link RelayOptions.FirstBytes} is about: as many as that says, or none. Not to
   * be changed.
   */
  byte[] firstBytes();

  /**
   * Has the router asked again, on the client's event loop, after this returned. Any thread; does
   * nothing when the client does not wait.
   */
  void goOn();
}
