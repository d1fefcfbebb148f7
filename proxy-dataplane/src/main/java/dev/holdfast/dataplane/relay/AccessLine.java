package dev.holdfast.dataplane.relay;

import dev.holdfast.dataplane.relay.access.AccessEntry;
import dev.holdfast.dataplane.relay.access.AccessLog;
import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One connection's line in the access log, in the making. There is none while the log is off. On
 * the connection's event loop only.
 */
final class AccessLine {
  private final AccessLog log;
  private final String resource;
  private final TimerWheel clock;
  private final long accepted;
  private InetSocketAddress client;

  private AccessLine(AccessLog log, String resource, TimerWheel clock, InetSocketAddress client) {
    this.log = log;
    this.resource = resource;
    this.clock = clock;
    this.client = client;
    accepted = clock.now();
  }

  static AccessLine of(RelayState relay, Lane lane, Channel client) {
    return new AccessLine(
        relay.accessLog,
        relay.options().resource(),
        lane.deadlines,
        (InetSocketAddress) client.remoteAddress());
  }

  /** A believed PROXY header said so. */
  void comesFrom(InetSocketAddress origin) {
    client = origin;
  }

  void rejected(EndReason reason) {
    write(null, null, 0, 0, reason);
  }

  void ended(String backend, Claim claim, long toBackend, long toClient, EndReason reason) {
    write(backend, claim.key(), toBackend, toClient, reason);
  }

  private void write(
      @Nullable String backend,
      @Nullable String key,
      long toBackend,
      long toClient,
      EndReason reason) {
    var took = Duration.ofNanos(clock.now() - accepted);
    log.write(
        new AccessEntry(resource, client, backend, key, toBackend, toClient, took, reason.name()));
  }
}
