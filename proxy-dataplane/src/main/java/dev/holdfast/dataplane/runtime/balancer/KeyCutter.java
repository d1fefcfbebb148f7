package dev.holdfast.dataplane.runtime.balancer;

import dev.holdfast.dataplane.relay.RelayServer;
import dev.holdfast.health.probe.DecisionLoop;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the connections of keys that were given up, again and again until it is done. Confined to
 * the decision loop.
 */
final class KeyCutter {
  private static final Duration AGAIN = Duration.ofSeconds(1);

  private final DecisionLoop loop;
  private final RelayServer relay;
  private final StickLog log;
  private boolean closed;

  KeyCutter(DecisionLoop loop, RelayServer relay, StickLog log) {
    this.loop = loop;
    this.relay = relay;
    this.log = log;
  }

  /**
   * Cuts all connections whose claims are revoked by now.
   *
   * @param claims how many that are, for people
   * @param done called when no byte of them is moved any more
   */
  void cut(int claims, Runnable done) {
    log.severing(claims);
    relay.severRevoked().whenCompleteAsync((_, failure) -> ended(claims, done, failure), loop);
  }

  private void ended(int claims, Runnable done, @Nullable Throwable failure) {
    if (failure == null) {
      done.run();
    } else if (!closed) {
      log.notSevered(failure);
      loop.after(AGAIN, () -> cut(claims, done));
    }
  }

  void close() {
    closed = true;
  }
}
