package dev.holdfast.floatingip.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class OptimalityTest {
  private static final List<String> LOCATIONS = List.of("ash", "fsn1", "hel1", "nbg1");
  private static final List<String> HOMES = List.of("fsn1", "hel1", "nbg1");

  @Test
  @DisplayName(
      "MinimalMoves is the best of all ways for every group of 4 servers and 3 floating IPs")
  void allOfFourServers() {
    assertThat(everyGroup(4, 3)).isEqualTo(5 * 15 * 15 * 15);
  }

  @Test
  @DisplayName(
      "MinimalMoves is the best of all ways for every group of 3 servers and 4 floating IPs")
  void allOfThreeServers() {
    assertThat(everyGroup(3, 4)).isEqualTo(4 * 12 * 12 * 12 * 12);
  }

  @Test
  @DisplayName(
      "MinimalMoves is the best of all ways for every group of 2 servers and 4 floating IPs")
  void allOfTwoServers() {
    assertThat(everyGroup(2, 4)).isEqualTo(3 * 9 * 9 * 9 * 9);
  }

  @Test
  @DisplayName("MinimalMoves is the best of all ways with indices, zones and all kinds of health")
  void drawn() {
    for (var seed = 0; seed < 10_000; seed++) {
      var observed = new RandomGroups(seed).any(4, 5);
      judge(observed, "seed " + seed);
    }
  }

  @Test
  @DisplayName("MinimalMoves is the best of all ways in larger groups")
  void larger() {
    for (var seed = 0; seed < 100; seed++) {
      var observed = new RandomGroups(seed).any(6, 8);
      judge(observed, "seed " + seed);
    }
  }

  /**
   * Servers in fsn1 and hel1, in every division; floating IPs there and in nbg1, which has no
   * server, pointing nowhere or at any server. Answers how many there are.
   */
  private static int everyGroup(int servers, int ips) {
    var states = HOMES.size() * (servers + 1);
    var groups = 0;
    for (var inFirst = 0; inFirst <= servers; inFirst++) {
      for (var code = 0; code < Math.pow(states, ips); code++) {
        var group = new Group();
        for (var id = 1; id <= servers; id++) {
          group.server(id, id <= inFirst ? "fsn1" : "hel1", Health.Healthy);
        }
        var rest = code;
        for (var ip = 0; ip < ips; ip++) {
          var state = rest % states;
          group.ips(HOMES.get(state % HOMES.size()), state / HOMES.size());
          rest /= states;
        }
        judge(group.observed(), "group " + inFirst + "/" + code);
        groups++;
      }
    }
    return groups;
  }

  private static void judge(Observed observed, String name) {
    var healthy = observed.servers().stream().filter(s -> s.health() == Health.Healthy).toList();
    var candidates = new Candidates(healthy);
    var ips = observed.floatingIps().stream().filter(ip -> !candidates.near(ip).isEmpty()).toList();
    var expected = BruteForce.place(ips, healthy);
    if (!MinimalMoves.place(ips, candidates).equals(expected)) {
      assertThat(MinimalMoves.place(ips, candidates)).as(name).isEqualTo(expected);
    }
  }

  @Test
  @DisplayName("a plan for 1,000 floating IPs on 100 servers leaves nothing to do once carried out")
  void large() {
    for (var seed = 0; seed < 5; seed++) {
      var before = large(seed);
      var plan = Planner.plan(before, Group.MINIMAL);
      assertThat(plan.steps()).isNotEmpty();
      assertThat(Planner.plan(carriedOut(before, plan), Group.MINIMAL).steps()).isEmpty();
    }
  }

  private static Observed carriedOut(Observed before, Plan plan) {
    var targets =
        plan.steps().stream()
            .collect(Collectors.toMap(step -> step.floatingIp().id(), step -> step.to().id()));
    return new Observed(
        before.servers(),
        before.floatingIps().stream()
            .map(ip -> targets.containsKey(ip.id()) ? pointing(ip, targets.get(ip.id())) : ip)
            .toList());
  }

  private static FloatingIp pointing(FloatingIp ip, long server) {
    return new FloatingIp(
        ip.id(), ip.name(), ip.location(), ip.networkZone(), ip.index(), OptionalLong.of(server));
  }

  /** Servers in three locations, floating IPs in four, in two zones, pointing anywhere. */
  private static Observed large(int seed) {
    var group = new Group();
    var random = new Random(seed);
    for (var id = 1; id <= 100; id++) {
      group.server(id, LOCATIONS.get(random.nextInt(3)), Health.Healthy);
    }
    for (var ip = 0; ip < 1000; ip++) {
      group.ips(LOCATIONS.get(random.nextInt(4)), random.nextInt(101));
    }
    return group.observed();
  }
}
