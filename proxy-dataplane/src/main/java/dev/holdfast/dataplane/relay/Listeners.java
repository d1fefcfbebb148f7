package dev.holdfast.dataplane.relay;

import dev.holdfast.dataplane.relay.RelayEvents.ListenerState;
import dev.holdfast.dataplane.relay.RelayOptions.Listen;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the listening sockets as they are wanted: open, closed, or elsewhere. A failed bind is
 * tried again while it is wanted. On one event loop only.
 */
final class Listeners {
  private static final long MIN_RETRY_MILLIS = 100;
  private static final long MAX_RETRY_MILLIS = 5_000;

  private final EventLoop loop;
  private final RelayState relay;
  private final ListenerBinder binder;
  private @Nullable BoundListener bound;
  private @Nullable ScheduledFuture<?> retry;
  private long retryMillis;
  private ListenerState reported = new ListenerState.Closed();
  private CompletableFuture<Void> closing = CompletableFuture.completedFuture(null);
  private boolean shut;

  Listeners(EventLoop loop, RelayState relay, ListenerBinder binder) {
    this.loop = loop;
    this.relay = relay;
    this.binder = binder;
  }

  /** Makes the sockets agree with the present admission and options. */
  void follow() {
    // what is being closed would be in the way; this runs again when it is closed
    if (shut || !closing.isDone()) {
      return;
    }
    if (relay.admission() instanceof Admission.Refuse) {
      stopRetrying();
      closeBound(false);
      reportIfClosed();
      return;
    }
    var wanted = relay.options().listen();
    if (bound == null || !bound.listen().equals(wanted)) {
      bind(wanted);
    } else {
      // the old address is wanted again after a failed move
      stopRetrying();
      report(bound.state());
    }
  }

  /** Closes for good; whoever is in the queue is still accepted. */
  CompletableFuture<Void> shut() {
    shut = true;
    stopRetrying();
    closeBound(true);
    reportIfClosed();
    return closing;
  }

  private void bind(Listen wanted) {
    cancelRetry();
    try {
      var opened = binder.bind(wanted, bound);
      closeBound(true);
      bound = opened;
      retryMillis = 0;
      report(opened.state());
    } catch (IOException | IllegalArgumentException e) {
      retryMillis = Math.clamp(retryMillis * 2, MIN_RETRY_MILLIS, MAX_RETRY_MILLIS);
      retry = loop.schedule(this::follow, retryMillis, TimeUnit.MILLISECONDS);
      report(new ListenerState.Failed(message(wanted, e)));
    }
  }

  private String message(Listen wanted, Exception cause) {
    var still = bound == null ? "" : "; still listening on port " + bound.port();
    return "cannot listen on [%s]:%d: %s; trying again until it works%s"
        .formatted(wanted.address(), wanted.port(), cause.getMessage(), still);
  }

  private void closeBound(boolean takeQueued) {
    if (bound != null) {
      closing =
          CompletableFuture.allOf(closing, bound.close(takeQueued))
              .thenRunAsync(this::closed, loop);
      bound = null;
    }
  }

  private void reportIfClosed() {
    if (bound == null && closing.isDone()) {
      report(new ListenerState.Closed());
    }
  }

  private void closed() {
    if (bound == null) {
      report(new ListenerState.Closed());
    }
    loop.execute(this::follow);
  }

  private void stopRetrying() {
    cancelRetry();
    retryMillis = 0;
  }

  private void cancelRetry() {
    if (retry != null) {
      retry.cancel(false);
      retry = null;
    }
  }

  private void report(ListenerState state) {
    if (state.equals(reported)) {
      return;
    }
    reported = state;
    relay.events.listenerChanged(state);
  }
}
