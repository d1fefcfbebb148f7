package dev.holdfast.dataplane.runtime.proxy;

import dev.holdfast.dataplane.config.ResourceKey;
import dev.holdfast.dataplane.failover.FailoverEvent;
import dev.holdfast.dataplane.relay.RelayEvents.ConnectFailure;
import dev.holdfast.dataplane.relay.Target;
import dev.holdfast.dataplane.runtime.resource.RelayListener;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes clients' failed connects to the decision loop. However many clients fail, one failure of
 * each epoch is passed on: it is enough to end that epoch.
 */
final class EpochFailures implements RelayListener.Failures {
  private static final Logger log = LoggerFactory.getLogger(EpochFailures.class);

  private final ResourceKey key;
  private final Executor decisions;
  private final Consumer<FailoverEvent.ConnectFailed> failures;
  private final AtomicLong newestFailed = new AtomicLong(-1);

  EpochFailures(
      ResourceKey key, Executor decisions, Consumer<FailoverEvent.ConnectFailed> failures) {
    this.key = key;
    this.decisions = decisions;
    this.failures = failures;
  }

  @Override
  public void failed(Target target, ConnectFailure failure) {
    if (newestFailed.getAndAccumulate(target.epoch(), Math::max) >= target.epoch()) {
      return;
    }
    log.info(
        "{}: a client's connect to {} failed in epoch {}: {}",
        key,
        target.backend(),
        target.epoch(),
        failure.message());
    var event = new FailoverEvent.ConnectFailed(target.epoch(), Outcomes.of(failure));
    decisions.execute(() -> failures.accept(event));
  }

  /** Passes on a failure of an epoch again that it passed on before. */
  void forget() {
    newestFailed.set(-1);
  }
}
