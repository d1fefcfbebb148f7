package dev.holdfast.dataplane.admin;

import dev.holdfast.dataplane.admin.http.FrontDoor;
import dev.holdfast.dataplane.admin.http.HttpCounters;
import dev.holdfast.dataplane.admin.http.HttpLimits;
import dev.holdfast.dataplane.admin.http.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Answers {@code /healthz} and {@code /readyz} with a status code and nothing else. The only
 * interface that asks nobody who they are; for the kubelet, which has no credentials.
 */
public final class ProbeServer implements AutoCloseable {
  private static final HttpLimits LIMITS =
      new HttpLimits(
          64,
          0,
          4096,
          Duration.ofSeconds(5),
          Duration.ofSeconds(15),
          Duration.ofSeconds(5),
          Duration.ofSeconds(5),
          Duration.ofSeconds(5));

  private final HttpServer server;

  private ProbeServer(HttpServer server) {
    this.server = server;
  }

  /**
   * @throws IOException when the address cannot be bound
   */
  public static ProbeServer start(InetSocketAddress address, BooleanSupplier ready)
      throws IOException {
    return new ProbeServer(
        new HttpServer(
            "probe",
            address,
            LIMITS,
            new HttpCounters(),
            FrontDoor.open(),
            ProbeRoutes.statusOnly(ready),
            null));
  }

  public InetSocketAddress address() {
    return server.address();
  }

  @Override
  public void close() {
    server.close();
  }
}
