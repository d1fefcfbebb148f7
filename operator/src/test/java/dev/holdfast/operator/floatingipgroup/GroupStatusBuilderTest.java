package dev.holdfast.operator.floatingipgroup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.api.v1alpha1.FloatingIpGroup;
import dev.holdfast.api.v1alpha1.FloatingIpGroupStatus;
import dev.holdfast.floatingip.hetzner.model.RateLimit;
import dev.holdfast.floatingip.loop.GroupStatus;
import dev.holdfast.floatingip.loop.GroupStatus.CheckStatus;
import dev.holdfast.floatingip.loop.GroupStatus.Condition;
import dev.holdfast.floatingip.loop.GroupStatus.ConditionStatus;
import dev.holdfast.floatingip.loop.GroupStatus.ConditionType;
import dev.holdfast.floatingip.loop.GroupStatus.FloatingIpState;
import dev.holdfast.floatingip.loop.GroupStatus.LastApplied;
import dev.holdfast.floatingip.loop.GroupStatus.Placement;
import dev.holdfast.floatingip.loop.GroupStatus.PlanState;
import dev.holdfast.floatingip.loop.GroupStatus.PlanStep;
import dev.holdfast.floatingip.loop.GroupStatus.ServerState;
import dev.holdfast.floatingip.loop.StepState;
import dev.holdfast.floatingip.plan.Health;
import dev.holdfast.operator.floatingipgroup.GroupObstacle.Kind;
import dev.holdfast.operator.status.StatusComparison;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class GroupStatusBuilderTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.5Z");
  private static final FloatingIpGroup RESOURCE =
      FloatingIpGroups.at("https://api.hetzner.cloud/v1");

  private static GroupStatus running() {
    var check = new CheckStatus("web", "ipv4", Health.Healthy, NOW);
    var server =
        new ServerState(42, "lb-1", "fsn1", OptionalInt.of(0), Health.Healthy, List.of(check));
    var ip =
        new FloatingIpState(
            7,
            "web-a",
            "198.51.100.1",
            "fsn1",
            OptionalInt.empty(),
            Optional.of("lb-2"),
            Optional.of("lb-1"),
            Placement.Pending,
            "Balance",
            "it is planned");
    var step = new PlanStep("web-a", Optional.of("lb-2"), "lb-1", "Balance", StepState.Pending);
    return new GroupStatus(
        true,
        Arrays.stream(ConditionType.values())
            .map(type -> new Condition(type, ConditionStatus.True, "Fine", "all is well"))
            .toList(),
        List.of(server),
        List.of(ip),
        Optional.of(new PlanState("5f", 12, NOW, List.of(step))),
        Optional.of(new LastApplied("4e", NOW, 2, 1)),
        Optional.of(new RateLimit(3600, 3411, NOW, NOW)),
        Optional.of(NOW));
  }

  private static FloatingIpGroupStatus build(
      FloatingIpGroup resource, Optional<GroupStatus> running, Optional<GroupObstacle> obstacle) {
    return GroupStatusBuilder.build(resource, running, obstacle, Sharing.NONE, NOW);
  }

  private static List<String> conditions(FloatingIpGroupStatus status) {
    return status.conditions().stream()
        .map(c -> "%s=%s/%s".formatted(c.getType(), c.getStatus(), c.getReason()))
        .toList();
  }

  @Test
  @DisplayName("everything that a group says is in the status")
  void told() {
    var status = build(RESOURCE, Optional.of(running()), Optional.empty());

    assertThat(status.observedGeneration()).isEqualTo(3);
    assertThat(conditions(status))
        .containsExactly(
            "Ready=True/Fine",
            "CredentialsValid=True/Fine",
            "ProviderReachable=True/Fine",
            "HealthKnown=True/Fine",
            "PlanConverged=True/Fine",
            "CertificatesValid=True/Fine");
    assertThat(status.servers())
        .containsExactly(
            new FloatingIpGroupStatus.ServerStatus(
                42,
                "lb-1",
                "fsn1",
                0,
                "Healthy",
                List.of(
                    new FloatingIpGroupStatus.CheckStatus(
                        "web", "ipv4", "Healthy", "2026-03-01T12:00:00Z"))));
    assertThat(status.floatingIps())
        .containsExactly(
            new FloatingIpGroupStatus.FloatingIpStatus(
                7, "web-a", "198.51.100.1", "fsn1", null, "lb-2", "lb-1", "Pending", "Balance"));
    assertThat(status.plan())
        .isEqualTo(
            new FloatingIpGroupStatus.PlanStatus(
                "5f",
                12,
                "2026-03-01T12:00:00Z",
                List.of(
                    new FloatingIpGroupStatus.StepStatus(
                        "web-a", "lb-2", "lb-1", "Balance", "Pending"))));
    assertThat(status.lastApplied())
        .isEqualTo(new FloatingIpGroupStatus.LastApplied("4e", "2026-03-01T12:00:00Z", 2, 1));
    assertThat(status.rateLimit()).isEqualTo(new FloatingIpGroupStatus.RateLimitStatus(3600, 3411));
    assertThat(List.of(status.ips(), status.inPlace(), status.pendingMoves()))
        .containsExactly(1, 0, 1);
  }

  @Test
  @DisplayName(
      "what is missing is said in Ready and CredentialsValid, also while the group goes on")
  void obstacle() {
    var missing = Optional.of(new GroupObstacle(Kind.ReferenceMissing, "create it"));

    assertThat(conditions(build(RESOURCE, Optional.empty(), missing)))
        .contains(
            "Ready=False/ReferenceMissing",
            "CredentialsValid=False/ReferenceMissing",
            "ProviderReachable=Unknown/NotRunning");
    assertThat(conditions(build(RESOURCE, Optional.of(running()), missing)))
        .contains("Ready=False/ReferenceMissing", "ProviderReachable=True/Fine");
  }

  @Test
  @DisplayName("what was known of a group stays when it does not run")
  void stands() {
    var resource = FloatingIpGroups.at("https://api.hetzner.cloud/v1");
    resource.setStatus(build(RESOURCE, Optional.of(running()), Optional.empty()));
    var refused = Optional.of(new GroupObstacle(Kind.EndpointNotAllowed, "take it out"));

    var status = build(resource, Optional.empty(), refused);

    assertThat(status.servers()).hasSize(1);
    assertThat(conditions(status))
        .contains("Ready=False/EndpointNotAllowed", "CredentialsValid=Unknown/EndpointNotAllowed");
  }

  @Test
  @DisplayName("a pause is a condition of its own, and only while it lasts")
  void paused() {
    var paused = FloatingIpGroups.with("https://api.hetzner.cloud/v1", "paused: true");

    assertThat(conditions(build(paused, Optional.of(running()), Optional.empty())))
        .contains("ReconciliationPaused=True/Paused");
  }

  @Test
  @DisplayName("floating IPs that another resource selects too are a condition of their own")
  void conflict() {
    var other = new Claims.Owner("2026-01-01T00:00:00Z", "edge", "other", "u");
    var yields = new Sharing(Set.of(7L), Map.of(7L, other), Map.of());
    var keeps = new Sharing(Set.of(), Map.of(), Map.of(7L, other));

    assertThat(conditions(build(yields))).contains("OwnershipConflict=True/OlderGroupMoves");
    assertThat(conditions(build(keeps))).contains("OwnershipConflict=True/YoungerGroupYields");
    assertThat(build(keeps).conditions().getLast().getMessage())
        .isEqualTo(
            "web-a: selected by edge/other too, which is younger and leaves them alone;"
                + " change one of the selectors");
  }

  private static FloatingIpGroupStatus build(Sharing sharing) {
    return GroupStatusBuilder.build(
        RESOURCE, Optional.of(running()), Optional.empty(), sharing, NOW);
  }

  @Test
  @DisplayName("the same group gives the same status later on, which is not written again")
  void same() {
    var resource = FloatingIpGroups.at("https://api.hetzner.cloud/v1");
    var first = build(resource, Optional.of(running()), Optional.empty());
    resource.setStatus(first);

    var later =
        GroupStatusBuilder.build(
            resource, Optional.of(running()), Optional.empty(), Sharing.NONE, NOW.plusSeconds(60));

    assertThat(StatusComparison.isSame(first, later)).isTrue();
  }

  @Test
  @DisplayName("what was applied last stays known when the operator was restarted")
  void appliedBefore() {
    var resource = FloatingIpGroups.at("https://api.hetzner.cloud/v1");
    resource.setStatus(build(RESOURCE, Optional.of(running()), Optional.empty()));
    var known = running();
    var anew =
        new GroupStatus(
            true,
            known.conditions(),
            known.servers(),
            known.floatingIps(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(NOW));

    assertThat(build(resource, Optional.of(anew), Optional.empty()).lastApplied())
        .isEqualTo(new FloatingIpGroupStatus.LastApplied("4e", "2026-03-01T12:00:00Z", 2, 1));
  }

  @Test
  @DisplayName("an approval is over when its plan was applied, or another one has taken its place")
  void approval() {
    assertThat(Approvals.isOver(running(), "5f")).isFalse();
    assertThat(Approvals.outdated(running(), "5f")).isEmpty();
    assertThat(Approvals.isOver(running(), "3d")).isTrue();
    assertThat(Approvals.outdated(running(), "3d"))
        .hasValueSatisfying(notice -> assertThat(notice.note()).contains("3d", "5f"));

    var applied = planned(Optional.of(new PlanState("4e", 12, NOW, List.of())));
    assertThat(Approvals.isOver(applied, "4e")).isTrue();
    assertThat(Approvals.outdated(applied, "3d")).isEmpty();
    assertThat(Approvals.isOver(planned(Optional.empty()), "4e")).isFalse();
  }

  private static GroupStatus planned(Optional<PlanState> plan) {
    var known = running();
    return new GroupStatus(
        known.leads(),
        known.conditions(),
        known.servers(),
        known.floatingIps(),
        plan,
        known.lastApplied(),
        known.rateLimit(),
        known.readAt());
  }
}
