package dev.holdfast.cli.fallback;

import dev.holdfast.api.dataplane.DataPlaneStatus;
import dev.holdfast.api.dataplane.DataPlaneStatus.BackendStatus;
import dev.holdfast.api.dataplane.DataPlaneStatus.ConnectionCounts;
import dev.holdfast.api.dataplane.DataPlaneStatus.Health;
import dev.holdfast.api.dataplane.DataPlaneStatus.Listener;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Statuses of a resource without a primary, for tests. */
final class Statuses {
  private Statuses() {}

  static DataPlaneStatus of(Listener.State listener, BackendStatus... backends) {
    return new DataPlaneStatus(
        "FailoverProxy",
        "default",
        "fallback-80",
        "here",
        0,
        new Listener("::", 80, listener, null),
        null,
        List.of(backends),
        null,
        new ConnectionCounts(0, 0, 0, 0, 0),
        null);
  }

  static BackendStatus backend(String name, Health health, @Nullable String why, Instant since) {
    return new BackendStatus(name, name + ".example:80", health, "Active", why, since, 0);
  }
}
