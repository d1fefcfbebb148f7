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
import dev.holdfast.api.dataplane.FloatingIpGroupReport;
import dev.holdfast.api.dataplane.FloatingIpGroupReport.Condition;
import dev.holdfast.api.dataplane.StickyBalancerReport;
import dev.holdfast.api.v1alpha1.FloatingIpGroupStatus.CheckStatus;
import dev.holdfast.api.v1alpha1.FloatingIpGroupStatus.FloatingIpStatus;
import dev.holdfast.api.v1alpha1.FloatingIpGroupStatus.LastApplied;
import dev.holdfast.api.v1alpha1.FloatingIpGroupStatus.PlanStatus;
import dev.holdfast.api.v1alpha1.FloatingIpGroupStatus.RateLimitStatus;
import dev.holdfast.api.v1alpha1.FloatingIpGroupStatus.ServerStatus;
import dev.holdfast.api.v1alpha1.FloatingIpGroupStatus.StepStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Sample statuses for tests. */
public final class Statuses {
  private static final Instant SINCE = Instant.parse("2026-01-02T03:04:05.678Z");

  private Statuses() {}

  /** A group of floating IPs with one of everything. */
  public static FloatingIpGroupReport group(String namespace, String name) {
    return new FloatingIpGroupReport(
        "FloatingIpGroup",
        namespace,
        name,
        "host",
        List.of(new Condition("Ready", "True", "Converged", "", SINCE)),
        List.of(
            new ServerStatus(
                41,
                "lb-1",
                "fsn1",
                0,
                "Healthy",
                List.of(new CheckStatus("web", "ipv4", "Healthy", SINCE.toString())))),
        List.of(
            new FloatingIpStatus(
                1, "web-a", "198.51.100.1", "fsn1", 0, "lb-1", "lb-1", "InPlace", "InPlace")),
        new PlanStatus(
            "5f3c",
            2,
            SINCE.toString(),
            List.of(new StepStatus("web-a", "lb-2", "lb-1", "ServerUnhealthy", "Done"))),
        new LastApplied("5f3c", SINCE.toString(), 1, 0),
        new RateLimitStatus(3600, 3540),
        1,
        1,
        0);
  }

  /** A balancer with one of everything. */
  public static StickyBalancerReport balancer(String namespace, String name) {
    var up = new StickyBalancerReport.Check("up", Health.Unhealthy, "Drain", "refused", SINCE);
    return new StickyBalancerReport(
        "StickyBalancer",
        namespace,
        name,
        "pod-0",
        3,
        List.of(new Listener("0.0.0.0", 5280, Listener.State.Open, null)),
        List.of(
            new StickyBalancerReport.Group(
                1,
                "blue",
                "Active",
                "Draining",
                "Check/up",
                "2/3",
                SINCE,
                4,
                0,
                SINCE,
                List.of(up))),
        new StickyBalancerReport.Entries(4, 0, 100, 1, 2, 3),
        new ConnectionCounts(0, 0, 9, 0, 0),
        new DataPlaneStatus.RefusedConfig(4, List.of("spec.groups: no")),
        new DataPlaneStatus.Agreement(
            DataPlaneStatus.Agreement.State.Agreed, "g", "pod-0", List.of("pod-0"), 0, null));
  }

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
