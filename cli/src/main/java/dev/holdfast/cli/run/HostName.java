package dev.holdfast.cli.run;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** The name of this machine. */
public final class HostName {
  private HostName() {}

  /** {@code $HOSTNAME}, else what the system says; {@code localhost} where it says nothing. */
  public static String local() {
    var name = System.getenv("HOSTNAME");
    if (name != null && !name.isBlank()) {
      return name;
    }
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }
}
