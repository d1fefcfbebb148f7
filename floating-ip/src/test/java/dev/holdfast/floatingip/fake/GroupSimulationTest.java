package dev.holdfast.floatingip.fake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.floatingip.Seeds;
import dev.holdfast.floatingip.hetzner.assign.Move;
import dev.holdfast.floatingip.hetzner.model.CallBudget;
import dev.holdfast.floatingip.loop.ApplyPolicy;
import dev.holdfast.floatingip.loop.GroupPolicy;
import dev.holdfast.floatingip.loop.GroupStatus;
import dev.holdfast.floatingip.loop.GroupStatus.Placement;
import dev.holdfast.floatingip.loop.StepState;
import dev.holdfast.floatingip.plan.PlannerPolicy;
import dev.holdfast.floatingip.plan.Rebalance;
import dev.holdfast.floatingip.plan.Strategy;
import dev.holdfast.floatingip.plan.WhenAllUnhealthy;
import dev.holdfast.health.Health;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Half an hour in which anything may happen to a group, and two hours in which nothing does. */
class GroupSimulationTest {
  private static final Duration STABLE = Duration.ofMinutes(5);
  private static final Duration STORM = Duration.ofMinutes(30);
  private static final Duration CALM = Duration.ofMinutes(120);
  private static final Duration AT_REST = Duration.ofMinutes(20);

  /** Two lists a minute, and a little for the edges. */
  private static final int CALLS_AT_REST = 2 * 20 + 4;

  private static final int MOST_CALLS = 2000;
  private static final Set<String> NEEDED = Set.of("Unassigned", "ServerUnhealthy");
  private static final GroupPolicy POLICY =
      new GroupPolicy(
          new CallBudget(60, Duration.ofSeconds(60)),
          Duration.ofSeconds(20),
          new PlannerPolicy(Strategy.MinimalMoves, WhenAllUnhealthy.Keep, false),
          new Rebalance.AfterStable(STABLE),
          new ApplyPolicy(ApplyPolicy.Mode.Apply, false, 0, null),
          4);
  private static final List<Fault> FAULTS = CloudFaults.and(new Fault.ReorderedPages());
  private static final List<String> READS =
      List.of(
          "/servers", "/floating_ips", "/floating_ips/*", "/actions", "/floating_ips/*/actions");

  private GroupWorld world;
  private Instant leadsSince = Instant.MIN;

  @Test
  @DisplayName("Whatever happens: none but needed moves, all end, and then all is where it belongs")
  void anythingMayHappen() {
    Seeds.each(100, this::history);
  }

  private void history(long seed) {
    leadsSince = Instant.MIN;
    world = new GroupWorld(seed, POLICY, new Judge());
    var end = world.now.plus(STORM);
    lead(true);
    storm(end);
    world.runUntil(end);
    calm();
    world.runUntil(end.plus(CALM).minus(AT_REST));
    var callsBefore = world.cloud.journal().size();
    world.runUntil(end.plus(CALM));

    assertThat(callsBefore).isLessThan(MOST_CALLS);
    assertThat(world.cloud.journal().size() - callsBefore).isLessThanOrEqualTo(CALLS_AT_REST);
    assertSettled();
  }

  private void storm(Instant end) {
    if (world.now.isBefore(end)) {
      world.after(
          world.millis(1_000, 60_000),
          () -> {
            if (world.now.isBefore(end)) {
              happen();
              storm(end);
            }
          });
    }
  }

  private void happen() {
    switch (world.random.nextInt(8)) {
      case 0, 1, 2 -> {
        var server = 41 + world.random.nextInt(3);
        world.turn(server, !Objects.requireNonNull(world.up.get((long) server)));
      }
      case 3 -> lead(!world.leads);
      case 4 -> world.moveFromOutside(1 + world.random.nextInt(4), 41L + world.random.nextInt(3));
      default -> world.cloud.addFault(fault());
    }
  }

  private FaultRule fault() {
    var write = world.random.nextBoolean();
    return new FaultRule(
        write ? "POST" : "GET",
        write ? "/floating_ips/*/actions/assign" : READS.get(world.random.nextInt(READS.size())),
        1 + world.random.nextInt(4),
        0.2 + 0.8 * world.random.nextDouble(),
        FAULTS.get(world.random.nextInt(FAULTS.size())));
  }

  private void calm() {
    world.cloud.clearFaults();
    if (world.up.containsValue(true)) {
      world.turn(41, Objects.requireNonNull(world.up.get(41L)));
    } else {
      world.turn(42, true);
    }
    lead(true);
  }

  private void lead(boolean leads) {
    if (leads && !world.leads) {
      leadsSince = world.now;
    }
    world.lead(leads);
  }

  private void assertSettled() {
    var status = world.status();
    assertThat(status.floatingIps())
        .allMatch(
            ip -> ip.state() == Placement.InPlace || ip.reason().equals("AwaitsStability"),
            "in place");
    for (long ip = 1; ip <= 4; ip++) {
      var server = world.cloud.floatingIp("demo", ip).server();
      assertThat(server).as("server of IP %d", ip).isNotNull();
      assertThat(world.up.get(server)).as("server %d of IP %d is up", server, ip).isTrue();
    }
    assertThat(status.condition(GroupStatus.ConditionType.Ready).status())
        .as("%s", status.conditions())
        .isEqualTo(GroupStatus.ConditionStatus.True);
  }

  /** What must hold of every move. */
  private final class Judge implements GroupWorld.Witness {

    @Override
    public void begins(Move move, GroupStatus status) {
      assertThat(world.leads).isTrue();
      assertThat(world.newestRead).as("read since it leads").isAfterOrEqualTo(leadsSince);
      assertThat(world.told.get(move.to())).isEqualTo(Health.Healthy);
      var step =
          status.plan().orElseThrow().steps().stream()
              .filter(one -> one.state() == StepState.Applying)
              .filter(one -> one.floatingIp().equals(name(move)))
              .findFirst()
              .orElseThrow();
      if (!NEEDED.contains(step.reason())) {
        assertThat(Duration.between(world.healthChangedAt, world.now))
            .as("%s needs stability", step)
            .isGreaterThanOrEqualTo(STABLE);
      } else if (move.from() != null) {
        assertThat(world.told.get(move.from())).isEqualTo(Health.Unhealthy);
      }
    }

    @Override
    public void writes(Move move) {
      if (world.movedSinceRead.contains(move.floatingIp())) {
        return;
      }
      var server = world.cloud.floatingIp("demo", move.floatingIp()).server();
      assertThat(Objects.equals(server, move.to()))
          .as("an IP that is where it shall be needs no write")
          .isFalse();
    }

    private String name(Move move) {
      return world.cloud.floatingIp("demo", move.floatingIp()).name();
    }
  }
}
