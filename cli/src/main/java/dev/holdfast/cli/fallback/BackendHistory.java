package dev.holdfast.cli.fallback;

import dev.holdfast.api.dataplane.DataPlaneStatus;
import dev.holdfast.api.dataplane.DataPlaneStatus.BackendStatus;
import dev.holdfast.api.dataplane.DataPlaneStatus.Health;
import dev.holdfast.api.dataplane.DataPlaneStatus.Listener;
import dev.holdfast.cli.convert.GoDuration;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What one status after the other tells, in the words of tcp_fallback's log. Not thread-safe. */
final class BackendHistory {
  private final Map<String, Instant> failedSince = new HashMap<>();
  private final Map<String, Duration> endedOutages = new HashMap<>();
  private boolean listening;

  /** Takes the next status of the resource, and returns the lines that it is worth. */
  List<String> hear(DataPlaneStatus status) {
    var lines = new ArrayList<String>();
    status.backends().forEach(backend -> hear(backend, lines));
    var listener = status.listener();
    if (listener.state() == Listener.State.Open && !listening) {
      listening = true;
      lines.add("Listening on " + address(listener));
    }
    return lines;
  }

  private void hear(BackendStatus backend, List<String> lines) {
    var failed = failedSince.get(backend.name());
    if (backend.health() == Health.Unhealthy && failed == null) {
      failedSince.put(backend.name(), backend.since());
      var reason = Objects.requireNonNullElse(backend.reason(), "no reason is known");
      lines.add("Failed to connect to backend %s: %s".formatted(backend.endpoint(), reason));
    } else if (backend.health() != Health.Unhealthy && failed != null) {
      failedSince.remove(backend.name());
      var downtime = Duration.between(failed, backend.since());
      endedOutages.merge(backend.name(), downtime, Duration::plus);
      lines.add(
          "Backend is back %s, downtime: %s"
              .formatted(backend.endpoint(), GoDuration.format(downtime)));
    }
  }

  Optional<Instant> failedSince(String backend) {
    return Optional.ofNullable(failedSince.get(backend));
  }

  /** Of all outages, the present one included. */
  Duration downtime(String backend, Instant now) {
    var present =
        failedSince(backend).map(since -> Duration.between(since, now)).orElse(Duration.ZERO);
    return endedOutages.getOrDefault(backend, Duration.ZERO).plus(present);
  }

  static String address(Listener listener) {
    var address = listener.address();
    return (address.contains(":") ? "[" + address + "]" : address) + ":" + listener.port();
  }
}
