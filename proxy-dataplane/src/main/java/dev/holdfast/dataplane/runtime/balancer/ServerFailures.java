package dev.holdfast.dataplane.runtime.balancer;

import dev.holdfast.dataplane.config.ResourceKey;
import dev.holdfast.dataplane.relay.RelayEvents.ConnectFailure;
import dev.holdfast.dataplane.relay.Target;
import dev.holdfast.dataplane.runtime.resource.RelayListener;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of clients' failed connects to groups' servers, which decide nothing: checks do. However
 * many clients fail, one failure of each server is told in ten seconds.
 */
final class ServerFailures implements RelayListener.Failures {
  private static final Logger log = LoggerFactory.getLogger(ServerFailures.class);
  private static final long PAUSE = Duration.ofSeconds(10).toNanos();

  /** More servers than anybody has; then all are told of anew. */
  private static final int MOST_SERVERS = 10_000;

  private record Server(String group, String host, int port) {}

  private record Told(long at, long untoldSince) {}

  private final ResourceKey key;
  private final LongSupplier nanos;
  private final ConcurrentMap<Server, Told> told = new ConcurrentHashMap<>();

  /**
   * @param nanos a clock as {@link System#nanoTime}
   */
  ServerFailures(ResourceKey key, LongSupplier nanos) {
    this.key = key;
    this.nanos = nanos;
  }

  @Override
  public void failed(Target target, ConnectFailure failure) {
    line(target, failure).ifPresent(log::info);
  }

  /** What is to be told of it, if anything. */
  Optional<String> line(Target target, ConnectFailure failure) {
    var server = new Server(target.backend(), target.host(), target.port());
    if (told.size() >= MOST_SERVERS) {
      told.clear();
    }
    var now = nanos.getAsLong();
    var before = told.get(server);
    if (before != null && now - before.at() < PAUSE) {
      told.computeIfPresent(server, (_, last) -> new Told(last.at(), last.untoldSince() + 1));
      return Optional.empty();
    }
    told.put(server, new Told(now, 0));
    var untold = before == null ? 0 : before.untoldSince();
    return Optional.of(
        "%s: a client's connect to %s ([%s]:%d) failed: %s%s"
            .formatted(
                key,
                target.backend(),
                target.host(),
                target.port(),
                failure.message(),
                untold == 0 ? "" : "; %d more since the last line".formatted(untold)));
  }
}
