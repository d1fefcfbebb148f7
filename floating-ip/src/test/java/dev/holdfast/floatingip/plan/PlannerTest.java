package dev.holdfast.floatingip.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PlannerTest {
  private static final Health UP = Health.Healthy;
  private static final Health DOWN = Health.Unhealthy;
  private static final Health UNKNOWN = Health.Unknown;

  @Nested
  class OfUnknownHealth {
    private final Group group =
        new Group()
            .server(1, "fsn1", DOWN)
            .server(2, "fsn1", UNKNOWN)
            .server(3, "fsn1", UP)
            .ips("fsn1", 1, 2, 2, 2, 0);

    @Test
    @DisplayName("L27 a server of unknown health keeps its IPs and gains none; a failover proceeds")
    void keeps() {
      var plan = group.plan(Group.MINIMAL);
      assertThat(Group.steps(plan))
          .containsExactly("100: 1 -> 3 ServerUnhealthy", "104: -> 3 Unassigned");
      assertThat(Group.untouched(plan))
          .containsExactly("101: HealthUnknown", "102: HealthUnknown", "103: HealthUnknown");
    }

    @Test
    @DisplayName("L27 applyWithUnknownHealth takes unknown for not healthy, as flipper does")
    void applies() {
      var policy = new PlannerPolicy(Strategy.MinimalMoves, WhenAllUnhealthy.Keep, true);
      assertThat(Group.steps(group.plan(policy)))
          .containsExactly(
              "100: 1 -> 3 ServerUnhealthy",
              "101: 2 -> 3 ServerHealthUnknown",
              "102: 2 -> 3 ServerHealthUnknown",
              "103: 2 -> 3 ServerHealthUnknown",
              "104: -> 3 Unassigned");
    }

    @Test
    @DisplayName("L27 nothing is planned while no server is healthy and one is unknown")
    void defers() {
      var plan =
          new Group()
              .server(1, "fsn1", DOWN)
              .server(2, "fsn1", UNKNOWN)
              .ips("fsn1", 0, 1)
              .plan(new PlannerPolicy(Strategy.Canonical, WhenAllUnhealthy.Spread, false));
      assertThat(plan.steps()).isEmpty();
      assertThat(Group.untouched(plan)).containsExactly("100: HealthUnknown", "101: HealthUnknown");
    }
  }

  @Nested
  class WhenAllAreUnhealthy {
    private final Group group =
        new Group().server(1, "fsn1", DOWN).server(2, "fsn1", DOWN).ips("fsn1", 1, 1);

    @Test
    @DisplayName("L28 Spread takes all servers for candidates")
    void spread() {
      assertThat(Group.steps(group.plan(Group.CANONICAL))).containsExactly("101: 1 -> 2 Spread");
    }

    @Test
    @DisplayName("L28 Keep changes nothing")
    void keep() {
      var plan = group.plan(Group.MINIMAL);
      assertThat(plan.steps()).isEmpty();
      assertThat(Group.untouched(plan)).containsExactly("100: AllUnhealthy", "101: AllUnhealthy");
    }
  }

  @Test
  @DisplayName("L29 candidates are ordered by location, index (none last), then name")
  void order() {
    var observed =
        new Group()
            .server(9, "fsn1", UP)
            .server(8, "fsn1", UP)
            .server(7, "hel1", 0, UP)
            .server(6, "fsn1", 10, UP)
            .server(5, "fsn1", 2, UP)
            .observed();
    assertThat(observed.servers()).extracting(Server::id).containsExactly(5L, 6L, 8L, 9L, 7L);
  }

  @Test
  @DisplayName("L30 an IP that points at a server outside the group is never touched")
  void foreign() {
    for (var policy : List.of(Group.CANONICAL, Group.MINIMAL)) {
      var plan = new Group().server(1, "fsn1", UP).ips("fsn1", 77, 1).plan(policy);
      assertThat(plan.steps()).isEmpty();
      assertThat(Group.untouched(plan)).containsExactly("100: ForeignServer", "101: InPlace");
      assertThat(plan.untouched().getFirst().reason().sentence()).contains("server 77");
    }
  }

  @Test
  @DisplayName("L31 an IP whose network zone has no candidate is left alone, and says so")
  void zone() {
    for (var policy : List.of(Group.CANONICAL, Group.MINIMAL)) {
      var plan =
          new Group().server(1, "fsn1", UP).server(2, "ash", DOWN).ips("ash", 2, 0, 1).plan(policy);
      assertThat(plan.steps()).isEmpty();
      assertThat(plan.untouched())
          .extracting(kept -> kept.reason().sentence())
          .containsOnly("network zone us-east has no server for it");
    }
  }

  @Nested
  class Indices {

    @Test
    @DisplayName("L32 an IP goes to the first server of its location with its index")
    void match() {
      var group =
          new Group()
              .server(1, "fsn1", 0, UP)
              .server(2, "fsn1", 1, UP)
              .server(3, "hel1", 0, UP)
              .ip("fsn1", 1, 1)
              .ip("fsn1", 1, 2)
              .ip("fsn1", 1, 3);
      for (var policy : List.of(Group.CANONICAL, Group.MINIMAL)) {
        assertThat(Group.steps(group.plan(policy)))
            .containsExactly("100: 1 -> 2 Index", "102: 3 -> 2 Index");
      }
    }

    @Test
    @DisplayName("L32 an IP and a server without index do not match, as they did in flipper")
    void noneIsNoMatch() {
      var plan =
          new Group()
              .server(1, "fsn1", UP)
              .server(2, "fsn1", UP)
              .ips("fsn1", 0, 0)
              .plan(Group.CANONICAL);
      assertThat(Group.steps(plan)).containsExactly("100: -> 1 Unassigned", "101: -> 2 Unassigned");
    }

    @Test
    @DisplayName(
        "L32 of several matches MinimalMoves keeps the present one, Canonical takes the first")
    void presentMatch() {
      var group = new Group().server(1, "fsn1", 0, UP).server(2, "fsn1", 0, UP).ip("fsn1", 0, 2);
      assertThat(Group.steps(group.plan(Group.MINIMAL))).isEmpty();
      assertThat(Group.steps(group.plan(Group.CANONICAL))).containsExactly("100: 2 -> 1 Index");
    }
  }

  @Test
  @DisplayName("L33 the others take the server of their location with the fewest IPs of this plan")
  void fewest() {
    var plan =
        new Group()
            .server(1, "fsn1", UP)
            .server(2, "fsn1", 5, UP)
            .server(3, "hel1", UP)
            .ip("fsn1", 5, 0)
            .ips("fsn1", 0, 0)
            .ips("nbg1", 0, 0)
            .plan(Group.CANONICAL);
    assertThat(Group.steps(plan))
        .containsExactly(
            "100: -> 2 Unassigned",
            "101: -> 1 Unassigned",
            "102: -> 2 Unassigned",
            "103: -> 3 Unassigned",
            "104: -> 1 Unassigned");
  }

  @Test
  @DisplayName("L34 steps are ordered by id as number, and those already in place are left out")
  void numericOrder() {
    var servers = new Group().server(1, "fsn1", UP).observed().servers();
    var ips =
        new Group()
            .ips("fsn1", 0, 1).observed().floatingIps().stream()
                .map(ip ->
                    new FloatingIp(
                        ip.id() * 9, ip.name(), "fsn1", ip.networkZone(), ip.index(), ip.server()))
                .toList();
    var more = new Group().ips("fsn1", 0).observed().floatingIps().getFirst();
    var observed = new Observed(servers, List.of(ips.get(1), ips.get(0), more));
    for (var policy : List.of(Group.CANONICAL, Group.MINIMAL)) {
      var plan = Planner.plan(observed, policy);
      assertThat(Group.steps(plan)).containsExactly("100: -> 1 Unassigned", "900: -> 1 Unassigned");
      assertThat(Group.untouched(plan)).containsExactly("909: InPlace");
    }
  }

  @Test
  @DisplayName("L34 a plan's id is made of its steps: equal for equal steps, another for others")
  void id() {
    var down = new Group().server(1, "fsn1", UP).server(2, "fsn1", DOWN).ips("fsn1", 2, 1);
    var same = new Group().server(2, "fsn1", DOWN).server(1, "fsn1", UP).ips("fsn1", 2);
    var other = new Group().server(3, "fsn1", UP).server(2, "fsn1", DOWN).ips("fsn1", 2);
    assertThat(down.plan(Group.MINIMAL).id())
        .isEqualTo(same.plan(Group.CANONICAL).id())
        .isNotEqualTo(other.plan(Group.MINIMAL).id())
        .matches("[0-9a-f]{16}");
  }

  @Test
  @DisplayName("two servers or two floating IPs of one id are refused")
  void duplicates() {
    var servers = new Group().server(1, "fsn1", UP).server(1, "hel1", UP);
    assertThatThrownBy(servers::observed)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected every id once, found two servers with id 1");
    var ip = new Group().ips("fsn1", 0).observed().floatingIps().getFirst();
    assertThatThrownBy(() -> new Observed(List.of(), List.of(ip, ip)))
        .hasMessage("expected every id once, found two floating IPs with id 100");
  }

  @Test
  @DisplayName("nothing observed gives an empty plan")
  void nothing() {
    assertThat(new Group().plan(Group.MINIMAL)).isEqualTo(new Plan(List.of(), List.of()));
    assertThat(Group.untouched(new Group().ips("fsn1", 0).plan(Group.MINIMAL)))
        .containsExactly("100: NoCandidateInZone");
  }
}
