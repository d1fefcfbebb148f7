package dev.holdfast.cli.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.api.dataplane.DataPlaneStatus.ConnectionCounts;
import dev.holdfast.api.dataplane.DataPlaneStatus.Health;
import dev.holdfast.api.dataplane.DataPlaneStatus.Listener;
import dev.holdfast.api.dataplane.StickyBalancerReport;
import dev.holdfast.api.dataplane.StickyBalancerReport.Check;
import dev.holdfast.api.dataplane.StickyBalancerReport.Entries;
import dev.holdfast.api.dataplane.StickyBalancerReport.Group;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class BalancerScreenTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  @Test
  @DisplayName("A balancer shows its ports, its table, and of each group why it is as it is")
  void shown() {
    assertThat(StatusScreen.lines(List.of(report()), NOW))
        .containsExactly(
            "StickyBalancer default/game",
            "  listener     [::]:5280",
            "  listener     [::]:5281 failed: Address already in use",
            "  groups       1 of 2 take new keys",
            "  entries      2405 of 1000000, 12 held; 7 expired, 1 evicted, 0 refused",
            "  connections  40 open, 0 held; 99 accepted, 1 rejected, 2 failed connects",
            "",
            "  GROUP  ID  STATE     CAUSE     KEYS  OPEN  SINCE",
            "  blue   1   Draining  Check/up  812   40    2m     last key ends in 29m; up fails:"
                + " connect refused",
            "  green  2   Active    Spec      1593  0     1h");
  }

  private static StickyBalancerReport report() {
    return new StickyBalancerReport(
        "StickyBalancer",
        "default",
        "game",
        "here",
        0,
        List.of(
            new Listener("::", 5280, Listener.State.Open, null),
            new Listener("::", 5281, Listener.State.Failed, "Address already in use")),
        List.of(
            new Group(
                1,
                "blue",
                "Active",
                "Draining",
                "Check/up",
                null,
                NOW.minusSeconds(130),
                812,
                40,
                NOW.plusSeconds(1750),
                List.of(
                    new Check("up", Health.Unhealthy, "Drain", "connect refused", NOW),
                    new Check("web", Health.Healthy, "Ignore", null, NOW))),
            new Group(
                2,
                "green",
                "Active",
                "Active",
                "Spec",
                null,
                NOW.minusSeconds(3700),
                1593,
                0,
                NOW.plusSeconds(1800),
                List.of())),
        new Entries(2405, 12, 1_000_000, 7, 1, 0),
        new ConnectionCounts(40, 0, 99, 1, 2),
        null,
        null);
  }
}
