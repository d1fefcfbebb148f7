package dev.holdfast.dataplane.status;

import dev.holdfast.api.dataplane.DataPlaneStatus;
import dev.holdfast.api.dataplane.DataPlaneStatus.BackendStatus;
import dev.holdfast.api.dataplane.DataPlaneStatus.ConnectionCounts;
import dev.holdfast.api.dataplane.DataPlaneStatus.Health;
import dev.holdfast.api.dataplane.DataPlaneStatus.HookRun;
import dev.holdfast.api.dataplane.DataPlaneStatus.LastFailover;
import dev.holdfast.api.dataplane.DataPlaneStatus.Listener;
import dev.holdfast.api.dataplane.DataPlaneStatus.Primary;
import dev.holdfast.api.dataplane.DataPlaneStatus.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Sample statuses for tests. */
public final class Statuses {
  private static final Instant SINCE = Instant.parse("2026-01-02T03:04:05.678Z");

  private Statuses() {}

  /** A resource whose primary {@code a} is in its given epoch, with so many open connections. */
  public static DataPlaneStatus of(String namespace, String name, long epoch, long open) {
    return new DataPlaneStatus(
        "FailoverProxy",
        namespace,
        name,
        "pod-0",
        3,
        new Listener("0.0.0.0", 5432, Listener.State.Open, null),
        new Primary("a", "10.0.0.1:5432", epoch, SINCE, Reason.CheckFailed),
        List.of(
            new BackendStatus("a", "10.0.0.1:5432", Health.Healthy, "Active", null, SINCE, open)),
        new LastFailover(
            "b",
            "a",
            SINCE,
            Duration.ofMillis(412),
            Reason.CheckFailed,
            List.of(
                new HookRun("h", "a", -1, Duration.ofSeconds(1), true, "killed after 1s", "..."))),
        new ConnectionCounts(open, 0, open, 0, 0),
        null);
  }
}
