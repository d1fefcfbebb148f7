package dev.holdfast.floatingip.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.floatingip.plan.Rebalance.AfterStable;
import dev.holdfast.floatingip.plan.Rebalance.Immediate;
import dev.holdfast.floatingip.plan.Rebalance.Never;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RebalanceTest {
  private static final Instant CHANGED = Instant.parse("2026-05-01T12:00:00Z");
  private static final Rebalance AFTER_5_MINUTES = new AfterStable(Duration.ofMinutes(5));

  /** A failover (100), a new IP (101), two in place, moves for balance, location and index. */
  private static final Plan PLAN =
      new Group()
          .server(1, "fsn1", Health.Unhealthy)
          .server(2, "fsn1", Health.Healthy)
          .server(3, "hel1", Health.Healthy)
          .server(4, "hel1", 1, Health.Healthy)
          .ips("fsn1", 1, 0)
          .ips("hel1", 3, 3, 3)
          .ips("fsn1", 3)
          .ip("hel1", 1, 3)
          .plan(Group.MINIMAL);

  @Test
  @DisplayName("Immediate makes every step at once")
  void immediate() {
    assertThat(new Immediate().filter(PLAN, CHANGED, CHANGED)).isEqualTo(PLAN);
    assertThat(Group.steps(PLAN))
        .containsExactly(
            "100: 1 -> 2 ServerUnhealthy",
            "101: -> 2 Unassigned",
            "104: 3 -> 4 Spread",
            "105: 3 -> 2 Location",
            "106: 3 -> 4 Index");
  }

  @Test
  @DisplayName("Never makes only those that an IP needs to work")
  void never() {
    var left = new Never().filter(PLAN, CHANGED, CHANGED.plus(Duration.ofDays(9)));
    assertThat(Group.steps(left))
        .containsExactly("100: 1 -> 2 ServerUnhealthy", "101: -> 2 Unassigned");
    assertThat(Group.untouched(left))
        .containsExactly(
            "102: InPlace",
            "103: InPlace",
            "104: RebalanceNever",
            "105: RebalanceNever",
            "106: RebalanceNever");
  }

  @Test
  @DisplayName(
      "AfterStable makes the others when nothing has changed for a while, not a moment before")
  void afterStable() {
    var end = CHANGED.plus(Duration.ofMinutes(5));
    assertThat(AFTER_5_MINUTES.filter(PLAN, CHANGED, end)).isEqualTo(PLAN);
    var left = AFTER_5_MINUTES.filter(PLAN, CHANGED, end.minusNanos(1));
    assertThat(left.steps()).hasSize(2);
    assertThat(left.untouched().getLast().reason().sentence()).contains("2026-05-01T12:05:00Z");
  }

  @Test
  @DisplayName("a plan and what a filter leaves of it have ids of their own")
  void ids() {
    assertThat(new Never().filter(PLAN, CHANGED, CHANGED).id()).isNotEqualTo(PLAN.id());
  }
}
