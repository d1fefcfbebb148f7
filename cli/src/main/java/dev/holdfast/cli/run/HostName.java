package dev.holdfast.cli.run;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The name of this machine. */
public final class HostName {
  private static final Path LINUX = Path.of("/proc/sys/kernel/hostname");

  private HostName() {}

  /** {@code $HOSTNAME}, else what the system says; {@code localhost} where it says nothing. */
  public static String local() {
    var name = System.getenv("HOSTNAME");
    return name != null && !name.isBlank() ? name : ofSystem();
  }

  private static String ofSystem() {
    try {
      var name = Files.readString(LINUX).strip();
      return name.isEmpty() ? resolved() : name;
    } catch (IOException e) {
      return resolved();
    }
  }

  /** Where nobody else says it: for this, Java looks for resolvers in all jars. */
  private static String resolved() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }
}
