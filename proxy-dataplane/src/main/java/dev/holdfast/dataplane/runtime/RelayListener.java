package dev.holdfast.dataplane.runtime;

import dev.holdfast.dataplane.config.ResourceKey;
import dev.holdfast.dataplane.failover.FailoverEvent;
import dev.holdfast.dataplane.relay.RelayEvents;
import dev.holdfast.dataplane.relay.RelayOptions.Listen;
import dev.holdfast.dataplane.relay.Target;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what the relay tells to the decision loop. However many clients fail, one failure of each
 * epoch is passed on: it is enough to end that epoch.
 */
final class RelayListener implements RelayEvents {
  private static final Logger log = LoggerFactory.getLogger(RelayListener.class);

  private final ResourceKey key;
  private final Executor decisions;
  private final Consumer<FailoverEvent.ConnectFailed> failures;
  private final BiConsumer<Listen, ListenerState> listener;
  private final AtomicLong newestFailed = new AtomicLong(-1);

  RelayListener(
      ResourceKey key,
      Executor decisions,
      Consumer<FailoverEvent.ConnectFailed> failures,
      BiConsumer<Listen, ListenerState> listener) {
    this.key = key;
    this.decisions = decisions;
    this.failures = failures;
    this.listener = listener;
  }

  @Override
  public void connectFailed(Target target, ConnectFailure failure) {
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
  void forgetFailures() {
    newestFailed.set(-1);
  }

  @Override
  public void listenerChanged(Listen listen, ListenerState state) {
    switch (state) {
      case ListenerState.Open(var address, var port) ->
          log.info("{}: listening on [{}]:{}", key, address, port);
      case ListenerState.Closed() ->
          log.info("{}: not listening on [{}]:{}", key, listen.address(), listen.port());
      case ListenerState.Failed(var message) -> log.error("{}: cannot listen: {}", key, message);
    }
    decisions.execute(() -> listener.accept(listen, state));
  }
}
