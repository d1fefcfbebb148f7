package dev.holdfast.cli.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.api.dataplane.FloatingIpGroupReport;
import dev.holdfast.api.dataplane.FloatingIpGroupReport.Condition;
import dev.holdfast.api.v1alpha1.FloatingIpGroupStatus.CheckStatus;
import dev.holdfast.api.v1alpha1.FloatingIpGroupStatus.FloatingIpStatus;
import dev.holdfast.api.v1alpha1.FloatingIpGroupStatus.LastApplied;
import dev.holdfast.api.v1alpha1.FloatingIpGroupStatus.PlanStatus;
import dev.holdfast.api.v1alpha1.FloatingIpGroupStatus.RateLimitStatus;
import dev.holdfast.api.v1alpha1.FloatingIpGroupStatus.ServerStatus;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class GroupScreenTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final String BEFORE = "2026-01-02T03:00:45Z";

  @Test
  @DisplayName("A group is shown with its plan, its servers and its floating IPs")
  void group() {
    assertThat(String.join("\n", StatusScreen.lines(List.of(full()), NOW)))
        .isEqualTo(
            """
            FloatingIpGroup default/web
              in place     1 of 2 floating IPs
              plan         5f3c, 1 move to go, made 3m ago
              last change  2 moves, 1 failed, 3m ago
              calls left   3540 of 3600 an hour
              not          PlanConverged (Moving): 1 of 2 moves to go

              SERVER  LOCATION  HEALTH
              lb-1    fsn1      Healthy
              lb-2    fsn1      Unhealthy  web over ipv4 fails

              FLOATING IP  ADDRESS       SERVER  WANTED  STATE
              web-a        198.51.100.1  lb-1    lb-1    InPlace
              web-b        198.51.100.2  -       lb-1    Moving   Unassigned\
            """);
  }

  @Test
  @DisplayName("Before the first look at the cloud nothing is known, and so it is said")
  void nothingKnown() {
    var unknown = condition("ProviderReachable", "Unknown", "NotPolled", "");
    var empty =
        new FloatingIpGroupReport(
            "FloatingIpGroup",
            "default",
            "web",
            "host",
            List.of(unknown),
            List.of(),
            List.of(),
            null,
            null,
            null,
            0,
            0,
            0);
    assertThat(StatusScreen.lines(List.of(empty), NOW))
        .containsExactly(
            "FloatingIpGroup default/web",
            "  in place     0 of 0 floating IPs",
            "  unknown      ProviderReachable (NotPolled)",
            "",
            "  SERVER  LOCATION  HEALTH",
            "",
            "  FLOATING IP  ADDRESS  SERVER  WANTED  STATE");
  }

  private static FloatingIpGroupReport full() {
    return new FloatingIpGroupReport(
        "FloatingIpGroup",
        "default",
        "web",
        "host",
        List.of(
            condition("Ready", "True", "Converging", ""),
            condition("PlanConverged", "False", "Moving", "1 of 2 moves to go")),
        List.of(
            new ServerStatus(41, "lb-1", "fsn1", null, "Healthy", List.of()),
            new ServerStatus(
                42,
                "lb-2",
                "fsn1",
                0,
                "Unhealthy",
                List.of(new CheckStatus("web", "ipv4", "Unhealthy", BEFORE)))),
        List.of(
            ip(1, "web-a", "lb-1", "InPlace", "InPlace"),
            ip(2, "web-b", null, "Moving", "Unassigned")),
        new PlanStatus("5f3c", 2, BEFORE, List.of()),
        new LastApplied("5f3b", BEFORE, 2, 1),
        new RateLimitStatus(3600, 3540),
        2,
        1,
        1);
  }

  private static FloatingIpStatus ip(
      long id, String name, String server, String state, String reason) {
    return new FloatingIpStatus(
        id, name, "198.51.100." + id, "fsn1", null, server, "lb-1", state, reason);
  }

  private static Condition condition(String type, String status, String reason, String message) {
    return new Condition(type, status, reason, message, NOW);
  }
}
