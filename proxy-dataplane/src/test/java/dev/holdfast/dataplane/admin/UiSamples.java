package dev.holdfast.dataplane.admin;

import dev.holdfast.api.dataplane.DataPlaneStatus;
import dev.holdfast.api.dataplane.DataPlaneStatus.Agreement;
import dev.holdfast.api.dataplane.DataPlaneStatus.BackendStatus;
import dev.holdfast.api.dataplane.DataPlaneStatus.ConnectionCounts;
import dev.holdfast.api.dataplane.DataPlaneStatus.Health;
import dev.holdfast.api.dataplane.DataPlaneStatus.HookRun;
import dev.holdfast.api.dataplane.DataPlaneStatus.LastFailover;
import dev.holdfast.api.dataplane.DataPlaneStatus.Listener;
import dev.holdfast.api.dataplane.DataPlaneStatus.Primary;
import dev.holdfast.api.dataplane.DataPlaneStatus.Reason;
import dev.holdfast.api.dataplane.DataPlaneStatus.RefusedConfig;
import dev.holdfast.api.dataplane.StickyBalancerReport;
import dev.holdfast.api.dataplane.StickyBalancerReport.Check;
import dev.holdfast.api.dataplane.StickyBalancerReport.Entries;
import dev.holdfast.api.dataplane.StickyBalancerReport.Group;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Resources with something of everything that the web page shows. */
final class UiSamples {
  /** What a page that makes markup of data would run. */
  static final String HOSTILE = "<img src=x onerror=\"window.hostile=1\">'\"</td>";

  private static final Instant SINCE = Instant.parse("2026-01-02T03:04:05Z");

  private UiSamples() {}

  /** The primary is one of {@code pg-0}, {@code pg-1} and the hostile one. */
  static DataPlaneStatus proxy(String primary, long epoch) {
    return new DataPlaneStatus(
        "FailoverProxy",
        "shop",
        "postgres",
        "postgres-fop-0",
        7,
        new Listener("0.0.0.0", 5432, Listener.State.Open, null),
        new Primary(primary, "10.0.0.40:5432", epoch, SINCE, Reason.CheckFailed),
        List.of(
            backend("pg-0", Health.Healthy, null),
            backend("pg-1", Health.Healthy, null),
            backend(HOSTILE, Health.Unhealthy, "ConnectRefused")),
        failover(primary),
        new ConnectionCounts(12_482, 3, 9_482_711, 12, 31),
        new RefusedConfig(8, List.of("spec.backends[1].port: expected 1 to 65535, found 99999")),
        new Agreement(
            Agreement.State.Agreed,
            "7b1f",
            "postgres-fop-2",
            List.of("postgres-fop-0", "postgres-fop-1", "postgres-fop-2"),
            epoch,
            null));
  }

  private static BackendStatus backend(String name, Health health, String reason) {
    return new BackendStatus(name, "10.0.0.40:5432", health, "Active", reason, SINCE, 4_711);
  }

  private static LastFailover failover(String to) {
    return new LastFailover(
        "pg-9",
        to,
        SINCE,
        Duration.ofMillis(412),
        Reason.CheckFailed,
        List.of(
            new HookRun("promote", to, 0, Duration.ofMillis(312), false, null, "<b>promoted</b>"),
            new HookRun("tell", to, -1, Duration.ofSeconds(5), true, "killed after 5s", null)));
  }

  static StickyBalancerReport balancer() {
    return new StickyBalancerReport(
        "StickyBalancer",
        "games",
        "xmpp",
        "postgres-fop-0",
        3,
        List.of(
            new Listener("0.0.0.0", 5222, Listener.State.Open, null),
            new Listener("0.0.0.0", 5280, Listener.State.Failed, "port 5280: address in use")),
        List.of(
            group(1, "berlin", "Active", "Active", "Spec", null),
            group(2, "falkenstein", "Active", "Draining", "Check/disk", null),
            group(3, HOSTILE, "Draining", "Draining", "Runtime", SINCE)),
        new Entries(810_483, 15_131, 1_000_000, 18_211, 5, 2),
        new ConnectionCounts(15_131, 0, 991_823, 4, 12),
        null,
        null);
  }

  private static Group group(
      int id, String name, String wanted, String effective, String cause, Instant lastKeyEnds) {
    var checks =
        List.of(
            new Check("xmpp", Health.Healthy, "Disable", null, SINCE),
            new Check("disk", Health.Unhealthy, "Drain", "Status503", SINCE));
    return new Group(
        id, name, wanted, effective, cause, null, SINCE, 412_345, 8_120, lastKeyEnds, checks);
  }
}
