package dev.holdfast.dataplane.relay;

import dev.holdfast.dataplane.relay.RelayEvents.ListenerState;
import dev.holdfast.dataplane.relay.RelayOptions.Listen;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the listening sockets as they are wanted: open, closed, or elsewhere. A failed bind is
 * tried again while it is wanted, and the others are served. On one event loop only.
 */
final class Listeners {
  private static final long MIN_RETRY_MILLIS = 100;
  private static final long MAX_RETRY_MILLIS = 5_000;

  private final EventLoop loop;
  private final RelayState relay;
  private final ListenerBinder binder;
  private final Map<Listen, BoundListener> bound = new LinkedHashMap<>();
  private final Map<Listen, ListenerState> reported = new HashMap<>();
  private @Nullable ScheduledFuture<?> retry;
  private long retryMillis;
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
    cancelRetry();
    if (relay.admission() instanceof Admission.Refuse) {
      retryMillis = 0;
      closeAllBut(Set.of(), false);
      forgetFailuresBut(Set.of());
      return;
    }
    var wanted = relay.options().listen();
    if (bindAll(wanted)) {
      retryMillis = 0;
    } else {
      retryMillis = Math.clamp(retryMillis * 2, MIN_RETRY_MILLIS, MAX_RETRY_MILLIS);
      retry = loop.schedule(this::follow, retryMillis, TimeUnit.MILLISECONDS);
    }
    // while nothing of what is wanted can be had, the old address is better than none
    if (wanted.stream().anyMatch(bound::containsKey)) {
      closeAllBut(Set.copyOf(wanted), true);
    }
    forgetFailuresBut(Set.copyOf(wanted));
  }

  /** Closes for good; whoever is in the queue is still accepted. */
  CompletableFuture<Void> shut() {
    shut = true;
    cancelRetry();
    closeAllBut(Set.of(), true);
    forgetFailuresBut(Set.of());
    return closing;
  }

  /** False when one is missing. */
  private boolean bindAll(List<Listen> wanted) {
    var all = true;
    for (var listen : wanted) {
      all &= bound.containsKey(listen) || bind(listen);
      var here = bound.get(listen);
      if (here != null) {
        report(listen, here.state());
      }
    }
    return all;
  }

  private boolean bind(Listen wanted) {
    try {
      var ours = bound.values().stream().anyMatch(other -> other.port() == wanted.port());
      bound.put(wanted, binder.bind(wanted, ours));
      return true;
    } catch (IOException | IllegalArgumentException e) {
      report(wanted, new ListenerState.Failed(message(wanted, e)));
      return false;
    }
  }

  private String message(Listen wanted, Exception cause) {
    var still =
        bound.values().stream()
            .filter(other -> !relay.options().listen().contains(other.listen()))
            .findFirst()
            .map(other -> "; still listening on port " + other.port());
    return "cannot listen on [%s]:%d: %s; trying again until it works%s"
        .formatted(wanted.address(), wanted.port(), cause.getMessage(), still.orElse(""));
  }

  private void closeAllBut(Set<Listen> wanted, boolean takeQueued) {
    var surplus = bound.values().stream().filter(here -> !wanted.contains(here.listen())).toList();
    if (surplus.isEmpty()) {
      return;
    }
    var ends =
        surplus.stream().map(here -> here.close(takeQueued)).toArray(CompletableFuture<?>[]::new);
    surplus.forEach(here -> bound.remove(here.listen()));
    closing =
        CompletableFuture.allOf(closing, CompletableFuture.allOf(ends))
            .thenRunAsync(() -> closed(surplus), loop);
  }

  private void closed(List<BoundListener> ended) {
    ended.forEach(here -> report(here.listen(), new ListenerState.Closed()));
    loop.execute(this::follow);
  }

  /** What could not be bound and is not wanted any more is closed. */
  private void forgetFailuresBut(Set<Listen> wanted) {
    var failed =
        reported.entrySet().stream()
            .filter(entry -> entry.getValue() instanceof ListenerState.Failed)
            .map(Map.Entry::getKey)
            .filter(listen -> !wanted.contains(listen))
            .toList();
    failed.forEach(listen -> report(listen, new ListenerState.Closed()));
  }

  private void cancelRetry() {
    if (retry != null) {
      retry.cancel(false);
      retry = null;
    }
  }

  private void report(Listen listen, ListenerState state) {
    var before =
        state instanceof ListenerState.Closed
            ? reported.remove(listen)
            : reported.put(listen, state);
    if (!state.equals(before == null ? new ListenerState.Closed() : before)) {
      relay.events.listenerChanged(listen, state);
    }
  }
}
