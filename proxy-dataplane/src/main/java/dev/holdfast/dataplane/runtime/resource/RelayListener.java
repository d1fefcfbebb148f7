package dev.holdfast.dataplane.runtime.resource;

import dev.holdfast.dataplane.config.ResourceKey;
import dev.holdfast.dataplane.relay.RelayEvents;
import dev.holdfast.dataplane.relay.RelayOptions.Listen;
import dev.holdfast.dataplane.relay.Target;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes what the relay tells to the decision loop. */
public final class RelayListener implements RelayEvents {
  private static final Logger log = LoggerFactory.getLogger(RelayListener.class);

  /** What becomes of clients' failed connects; called on event loops. */
  public interface Failures {
    void failed(Target target, ConnectFailure failure);
  }

  private final ResourceKey key;
  private final Executor decisions;
  private final Failures failures;
  private final BiConsumer<Listen, ListenerState> listener;

  public RelayListener(
      ResourceKey key,
      Executor decisions,
      Failures failures,
      BiConsumer<Listen, ListenerState> listener) {
    this.key = key;
    this.decisions = decisions;
    this.failures = failures;
    this.listener = listener;
  }

  @Override
  public void connectFailed(Target target, ConnectFailure failure) {
    failures.failed(target, failure);
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
