package dev.holdfast.floatingip.hetzner.apply;

import dev.holdfast.floatingip.hetzner.ApiException;
import dev.holdfast.floatingip.hetzner.HetznerClient;
import dev.holdfast.floatingip.hetzner.model.CloudSnapshot;
import dev.holdfast.floatingip.hetzner.model.FloatingIp;
import dev.holdfast.floatingip.hetzner.model.Server;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Reads what a group is made of: both lists at the same time, all pages. */
public final class CloudReader {
  private final HetznerClient client;
  private final String serverSelector;
  private final String floatingIpSelector;

  public CloudReader(HetznerClient client, String serverSelector, String floatingIpSelector) {
    this.client = client;
    this.serverSelector = serverSelector;
    this.floatingIpSelector = floatingIpSelector;
  }

  /**
   * @param timeout for both lists together
   * @throws ApiException when one of them cannot be read: half a snapshot is none
   */
  public CloudSnapshot read(Duration timeout) throws ApiException, InterruptedException {
    var readAt = client.now();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<List<Server>> servers = () -> client.servers(serverSelector, timeout);
      Callable<List<FloatingIp>> ips = () -> client.floatingIps(floatingIpSelector, timeout);
      var readingServers = threads.submit(servers);
      var readingIps = threads.submit(ips);
      try {
        return new CloudSnapshot(result(readingServers), result(readingIps), readAt);
      } finally {
        threads.shutdownNow();
      }
    }
  }

  private static <T> T result(Future<T> reading) throws ApiException, InterruptedException {
    try {
      return reading.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ApiException failed) {
        throw new ApiException(failed.failure());
      }
      throw new IllegalStateException("a read ended with a defect", e.getCause());
    }
  }
}
