package dev.holdfast.cli.run;

import dev.holdfast.cli.console.CommandFailed;
import dev.holdfast.dataplane.admin.AdminContent;
import dev.holdfast.dataplane.admin.AdminOptions;
import dev.holdfast.dataplane.admin.AdminServer;
import dev.holdfast.dataplane.admin.ProbeServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.function.BooleanSupplier;

/** Opens the HTTP interfaces; what keeps them from opening is said with the flag that helps. */
final class AdminInterfaces {
  private AdminInterfaces() {}

  static AdminServer admin(RunSettings settings, AdminPlace place, AdminContent content) {
    var address = Objects.requireNonNull(place.address());
    try {
      return AdminServer.start(
          AdminOptions.of(
              address, settings.identity().tlsDir(), place.tokenFile(), settings.version()),
          content);
    } catch (IOException e) {
      throw new CommandFailed(
          "the admin interface cannot listen on %s: %s; give another address with --admin"
                  .formatted(text(address), reason(e))
              + " ADDR:PORT, or do without it with --admin none",
          e);
    } catch (IllegalArgumentException e) {
      throw new CommandFailed(String.valueOf(e.getMessage()), e);
    }
  }

  static ProbeServer probe(int port, BooleanSupplier ready) {
    try {
      return ProbeServer.start(new InetSocketAddress(port), ready);
    } catch (IOException e) {
      throw new CommandFailed(
          "the probe port %d cannot be opened: %s; give another one with --probe-port"
              .formatted(port, reason(e)),
          e);
    }
  }

  /** As one types it. */
  static String text(InetSocketAddress address) {
    var host = address.getHostString();
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
  }

  private static String reason(IOException e) {
    return e.getMessage() == null ? e.toString() : e.getMessage();
  }
}
