package dev.holdfast.floatingip.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The cases that flipper's own tests name, and its goals: both strategies keep to them. */
class ExpectedCasesTest {
  private static final Health UP = Health.Healthy;
  private static final Health DOWN = Health.Unhealthy;

  private static PlannerPolicy with(Strategy strategy) {
    return new PlannerPolicy(strategy, WhenAllUnhealthy.Spread, true);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("L35 a good layout is not changed")
  void noChange(Strategy strategy) {
    var plan =
        new Group()
            .server(1, "fsn1", UP)
            .server(2, "fsn1", UP)
            .ips("fsn1", 1, 2)
            .plan(with(strategy));
    assertThat(plan.steps()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("L35 three IPs on one of three servers are spread by two moves")
  void spread(Strategy strategy) {
    var plan =
        new Group()
            .server(1, "fsn1", UP)
            .server(2, "fsn1", UP)
            .server(3, "fsn1", UP)
            .ips("fsn1", 1, 1, 1)
            .plan(with(strategy));
    assertThat(Group.steps(plan)).containsExactly("101: 1 -> 2 Spread", "102: 1 -> 3 Spread");
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("L35 more IPs than servers start again at the first server")
  void wrapAround(Strategy strategy) {
    var plan =
        new Group()
            .server(1, "fsn1", UP)
            .server(2, "fsn1", UP)
            .ips("fsn1", 0, 0, 0)
            .plan(with(strategy));
    assertThat(plan.steps()).hasSize(3);
    assertThat(plan.steps().stream().filter(step -> step.to().id() == 1)).hasSize(2);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("L35 a server of the IP's own location is preferred, however full it is")
  void ownLocation(Strategy strategy) {
    var plan =
        new Group()
            .server(1, "fsn1", UP)
            .server(2, "hel1", UP)
            .ips("fsn1", 1, 2, 0)
            .plan(with(strategy));
    assertThat(Group.steps(plan)).containsExactly("101: 2 -> 1 Location", "102: -> 1 Unassigned");
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("L35 another network zone is not touched")
  void otherZone(Strategy strategy) {
    var plan =
        new Group().server(1, "fsn1", UP).server(2, "ash", DOWN).ips("ash", 2).plan(with(strategy));
    assertThat(plan.steps()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("L35 when a whole location is down, its IPs go to others of the zone")
  void crossLocation(Strategy strategy) {
    var plan =
        new Group()
            .server(1, "fsn1", DOWN)
            .server(2, "hel1", UP)
            .server(3, "nbg1", UP)
            .ips("fsn1", 1, 1)
            .plan(with(strategy));
    assertThat(Group.steps(plan))
        .containsExactly("100: 1 -> 2 ServerUnhealthy", "101: 1 -> 3 ServerUnhealthy");
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("L35 an IP at a server outside the group is not touched")
  void foreignTarget(Strategy strategy) {
    var plan = new Group().server(1, "fsn1", UP).ips("fsn1", 5000).plan(with(strategy));
    assertThat(plan.steps()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("L36 location comes first, then index")
  void locationThenIndex(Strategy strategy) {
    var plan =
        new Group()
            .server(1, "fsn1", 3, UP)
            .server(2, "hel1", 7, UP)
            .ip("fsn1", 7, 0)
            .plan(with(strategy));
    assertThat(Group.steps(plan)).containsExactly("100: -> 1 Unassigned");
  }

  @ParameterizedTest
  @EnumSource(names = "MinimalMoves")
  @DisplayName("L36 an even layout is not reshuffled, whichever IP is on which server")
  void fewestMoves(Strategy strategy) {
    var group = new Group().server(1, "fsn1", UP).server(2, "fsn1", UP).ips("fsn1", 2, 2, 1, 1);
    assertThat(group.plan(with(strategy)).steps()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = "Canonical")
  @DisplayName("L36 the canonical layout is restored on recovery")
  void canonicalOnRecovery(Strategy strategy) {
    var group = new Group().server(1, "fsn1", UP).server(2, "fsn1", UP).ips("fsn1", 2, 2, 1, 1);
    assertThat(Group.steps(group.plan(with(strategy))))
        .containsExactly("100: 2 -> 1 Spread", "103: 1 -> 2 Spread");
  }
}
