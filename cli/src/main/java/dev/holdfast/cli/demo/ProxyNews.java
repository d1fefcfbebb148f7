package dev.holdfast.cli.demo;

import dev.holdfast.api.dataplane.DataPlaneStatus;
import dev.holdfast.api.dataplane.DataPlaneStatus.BackendStatus;
import dev.holdfast.api.dataplane.DataPlaneStatus.Listener;
import dev.holdfast.api.dataplane.DataPlaneStatus.Primary;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Tells in plain sentences what has changed from one status of a proxy to the next. For one thread.
 */
final class ProxyNews {
  private @Nullable DataPlaneStatus before;

  /** The primary that was told last; a port that closes and opens again does not make it news. */
  private @Nullable Long toldEpoch;

  List<String> of(DataPlaneStatus now) {
    var news = new ArrayList<String>();
    news.addAll(ofBackends(before, now));
    news.addAll(ofPrimary(now));
    before = now;
    return news;
  }

  private List<String> ofPrimary(DataPlaneStatus now) {
    if (now.primary() == null) {
      var lost = toldEpoch != null;
      toldEpoch = null;
      return lost ? List.of("There is no primary: the port is closed.") : List.of();
    }
    var primary = serving(now);
    if (primary == null || Objects.equals(toldEpoch, primary.epoch())) {
      return List.of();
    }
    toldEpoch = primary.epoch();
    return List.of(sentence(now, primary));
  }

  private static String sentence(DataPlaneStatus now, Primary primary) {
    var failover = now.lastFailover();
    if (failover == null || failover.from() == null || !failover.to().equals(primary.name())) {
      return primary.name() + " is the primary (" + primary.reason() + ").";
    }
    return "Failover: %s -> %s, %d ms without a primary (%s)."
        .formatted(
            failover.from(), failover.to(), failover.noPrimaryFor().toMillis(), failover.reason());
  }

  /** The primary, once clients can reach it: its port opens after it was chosen. */
  private static @Nullable Primary serving(DataPlaneStatus status) {
    return status.listener().state() == Listener.State.Open ? status.primary() : null;
  }

  private static List<String> ofBackends(@Nullable DataPlaneStatus before, DataPlaneStatus now) {
    var healthBefore = new HashMap<String, BackendStatus>();
    if (before != null) {
      before.backends().forEach(backend -> healthBefore.put(backend.name(), backend));
    }
    return now.backends().stream()
        .filter(backend -> changed(healthBefore, backend))
        .map(ProxyNews::sentence)
        .toList();
  }

  private static boolean changed(Map<String, BackendStatus> before, BackendStatus now) {
    var old = before.get(now.name());
    return old != null && old.health() != now.health();
  }

  private static String sentence(BackendStatus backend) {
    var reason = Objects.requireNonNullElse(backend.reason(), "");
    return switch (backend.health()) {
      case Healthy -> backend.name() + " is healthy.";
      case Unknown -> backend.name() + " has not been seen yet.";
      case Unhealthy ->
          backend.name() + " is unhealthy" + (reason.isEmpty() ? "." : ": " + reason + ".");
    };
  }
}
