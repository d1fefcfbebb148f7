package dev.holdfast.floatingip.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.floatingip.plan.Rebalance.Never;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PropertiesTest {
  private static final int GROUPS = 1000;

  private interface Property {
    void check(Observed observed, PlannerPolicy policy, RandomGroups random);
  }

  private static void forAllGroups(Property property) {
    for (var seed = 0; seed < GROUPS; seed++) {
      var random = new RandomGroups(seed);
      property.check(random.any(8, 20), random.policy(), random);
    }
  }

  @Test
  @DisplayName("applying a plan gives an empty plan")
  void idempotent() {
    forAllGroups((observed, policy, random) -> {
      var after = Group.after(observed, Planner.plan(observed, policy));
      assertThat(Planner.plan(after, policy).steps()).isEmpty();
    });
  }

  @Test
  @DisplayName("applying any part of a MinimalMoves plan leaves the rest of it to do")
  void partsLeadToTheSameLayout() {
    forAllGroups((observed, policy, random) -> {
      var minimal = new PlannerPolicy(Strategy.MinimalMoves, policy.whenAllUnhealthy(), true);
      var plan = Planner.plan(observed, minimal);
      var part = plan.steps().stream().filter(step -> random.random().nextBoolean()).toList();
      var rest = new ArrayList<>(plan.steps());
      rest.removeAll(part);
      var after = Group.after(observed, new Plan(part, List.of()));
      assertThat(Planner.plan(after, minimal).steps()).hasSameSizeAs(rest);
    });
  }

  @Test
  @DisplayName("equal input gives an equal plan, whatever the order of the lists")
  void blindToOrder() {
    forAllGroups((observed, policy, random) -> {
      var servers = new ArrayList<>(observed.servers());
      var ips = new ArrayList<>(observed.floatingIps());
      Collections.shuffle(servers, random.random());
      Collections.shuffle(ips, random.random());
      var shuffled = Planner.plan(new Observed(servers, ips), policy);
      assertThat(shuffled).isEqualTo(Planner.plan(observed, policy));
      assertThat(shuffled.id()).isEqualTo(Planner.plan(observed, policy).id());
    });
  }

  @Test
  @DisplayName("every floating IP has a step or a reason, and none has both")
  void complete() {
    forAllGroups((observed, policy, random) -> {
      var plan = Planner.plan(observed, policy);
      var told =
          Stream.concat(
              plan.steps().stream().map(Step::floatingIp),
              plan.untouched().stream().map(Untouched::floatingIp));
      assertThat(told).containsExactlyInAnyOrderElementsOf(observed.floatingIps());
    });
  }

  @Test
  @DisplayName("no floating IP goes to another zone, or to another location while its own has one")
  void nearHome() {
    forAllGroups((observed, policy, random) -> {
      var plan = Planner.plan(observed, policy);
      var healthy = observed.servers().stream().filter(PropertiesTest::isHealthy).toList();
      for (var step : plan.steps()) {
        var ip = step.floatingIp();
        assertThat(step.to().networkZone()).isEqualTo(ip.networkZone());
        if (healthy.stream().anyMatch(server -> server.location().equals(ip.location()))) {
          assertThat(step.to().location()).isEqualTo(ip.location());
        }
      }
    });
  }

  @Test
  @DisplayName("no step leads to an unhealthy server while any is healthy, nor to where the IP is")
  void steps() {
    forAllGroups((observed, policy, random) -> {
      for (var step : Planner.plan(observed, policy).steps()) {
        assertThat(step.from()).isNotEqualTo(OptionalLong.of(step.to().id()));
        if (observed.servers().stream().anyMatch(PropertiesTest::isHealthy)) {
          assertThat(step.to().health()).isEqualTo(Health.Healthy);
        }
      }
    });
  }

  @Test
  @DisplayName("a server that fails or comes back moves no IP off a healthy one, but to rebalance")
  void healthyServersKeepTheirs() {
    forAllGroups((observed, policy, random) -> {
      var settled = Group.after(observed, Planner.plan(observed, policy));
      var changed = settled.servers().get(random.random().nextInt(settled.servers().size()));
      var health = isHealthy(changed) ? Health.Unhealthy : Health.Healthy;
      var now = Group.with(settled, changed, health);
      var plan = new Never().filter(Planner.plan(now, policy), Instant.EPOCH, Instant.EPOCH);
      assertThat(plan.steps())
          .noneMatch(step -> now.server(step.from()).filter(PropertiesTest::isHealthy).isPresent());
    });
  }

  @Test
  @DisplayName("in one location, a failure moves the failed server's IPs and no others, and back")
  void evenGroup() {
    for (var seed = 0; seed < GROUPS; seed++) {
      var random = new RandomGroups(seed).random();
      var group = new Group();
      var servers = 2 + random.nextInt(6);
      for (var id = 1; id <= servers; id++) {
        group.server(id, "fsn1", Health.Healthy);
      }
      group.ips("fsn1", random.longs(random.nextInt(25), 0, servers + 1).toArray());
      var settled = Group.after(group.observed(), group.plan(Group.MINIMAL));
      var victim = settled.servers().get(random.nextInt(servers));

      var failed = Group.with(settled, victim, Health.Unhealthy);
      var failover = Planner.plan(failed, Group.MINIMAL);
      assertThat(ids(failover)).isEqualTo(pointingAt(settled, victim));

      var recovered = Group.with(Group.after(failed, failover), victim, Health.Healthy);
      var failback = Planner.plan(recovered, Group.MINIMAL);
      assertThat(failback.steps()).allMatch(step -> step.to().id() == victim.id());
      assertThat(failback.steps()).hasSize(settled.floatingIps().size() / servers);
    }
  }

  private static List<Long> ids(Plan plan) {
    return plan.steps().stream().map(step -> step.floatingIp().id()).toList();
  }

  private static List<Long> pointingAt(Observed observed, Server server) {
    return observed.floatingIps().stream()
        .filter(ip -> ip.server().orElse(0) == server.id())
        .map(FloatingIp::id)
        .toList();
  }

  private static boolean isHealthy(Server server) {
    return server.health() == Health.Healthy;
  }
}
