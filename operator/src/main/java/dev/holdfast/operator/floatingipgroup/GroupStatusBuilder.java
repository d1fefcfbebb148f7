package dev.holdfast.operator.floatingipgroup;

import dev.holdfast.api.v1alpha1.FloatingIpGroup;
import dev.holdfast.api.v1alpha1.FloatingIpGroupStatus;
import dev.holdfast.api.v1alpha1.FloatingIpGroupStatus.CheckStatus;
import dev.holdfast.api.v1alpha1.FloatingIpGroupStatus.FloatingIpStatus;
import dev.holdfast.api.v1alpha1.FloatingIpGroupStatus.LastApplied;
import dev.holdfast.api.v1alpha1.FloatingIpGroupStatus.PlanStatus;
import dev.holdfast.api.v1alpha1.FloatingIpGroupStatus.RateLimitStatus;
import dev.holdfast.api.v1alpha1.FloatingIpGroupStatus.ServerStatus;
import dev.holdfast.api.v1alpha1.FloatingIpGroupStatus.StepStatus;
import dev.holdfast.floatingip.loop.GroupStatus;
import dev.holdfast.floatingip.loop.GroupStatus.FloatingIpState;
import dev.holdfast.floatingip.loop.GroupStatus.PlanState;
import dev.holdfast.floatingip.loop.GroupStatus.ServerState;
import dev.holdfast.operator.status.Conditions;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Makes a resource's status of what its group says. What the schema has no room for is cut. */
final class GroupStatusBuilder {
  private static final int MAX_SERVERS = 256;
  private static final int MAX_IPS = 1024;
  private static final int MAX_STEPS = 1024;
  private static final int MAX_CHECKS = 32;

  private GroupStatusBuilder() {}

  /**
   * @param running empty when nothing runs: then all but the conditions stays as it was
   */
  static FloatingIpGroupStatus build(
      FloatingIpGroup resource,
      Optional<GroupStatus> running,
      Optional<GroupObstacle> obstacle,
      Sharing sharing,
      Instant now) {
    var verdicts = GroupConditions.of(running, obstacle, sharing, Setups.isPaused(resource));
    var generation = resource.getMetadata().getGeneration();
    var before = resource.getStatus();
    var conditions = Conditions.of(verdicts, conditions(before), generation, now);
    return running
        .map(status -> told(status, before, generation, conditions))
        .orElseGet(() ->
            before == null
                ? new FloatingIpGroupStatus(
                    generation, conditions, List.of(), List.of(), null, null, null, 0, 0, 0)
                : stands(before, generation, conditions));
  }

  private static List<Condition> conditions(@Nullable FloatingIpGroupStatus status) {
    return status == null ? List.of() : Objects.requireNonNullElse(status.conditions(), List.of());
  }

  private static FloatingIpGroupStatus stands(
      FloatingIpGroupStatus before, long generation, List<Condition> conditions) {
    return new FloatingIpGroupStatus(
        generation,
        conditions,
        before.servers(),
        before.floatingIps(),
        before.plan(),
        before.lastApplied(),
        before.rateLimit(),
        before.ips(),
        before.inPlace(),
        before.pendingMoves());
  }

  /** An operator that was restarted does not know what was applied before: that stays. */
  private static FloatingIpGroupStatus told(
      GroupStatus status,
      @Nullable FloatingIpGroupStatus before,
      long generation,
      List<Condition> conditions) {
    return new FloatingIpGroupStatus(
        generation,
        conditions,
        status.servers().stream().limit(MAX_SERVERS).map(GroupStatusBuilder::server).toList(),
        status.floatingIps().stream().limit(MAX_IPS).map(GroupStatusBuilder::floatingIp).toList(),
        status.plan().map(GroupStatusBuilder::plan).orElse(null),
        status
            .lastApplied()
            .map(last -> new LastApplied(last.id(), text(last.at()), last.moved(), last.failed()))
            .orElse(before == null ? null : before.lastApplied()),
        status
            .rateLimit()
            .map(limit -> new RateLimitStatus(limit.limit(), limit.remaining()))
            .orElse(null),
        status.ips(),
        status.inPlace(),
        status.pendingMoves());
  }

  private static ServerStatus server(ServerState server) {
    return new ServerStatus(
        server.id(),
        server.name(),
        server.location(),
        index(server.index()),
        server.health().name(),
        server.checks().stream()
            .limit(MAX_CHECKS)
            .map(check ->
                new CheckStatus(
                    check.name(), check.family(), check.health().name(), text(check.since())))
            .toList());
  }

  private static FloatingIpStatus floatingIp(FloatingIpState ip) {
    return new FloatingIpStatus(
        ip.id(),
        ip.name(),
        ip.address(),
        ip.location(),
        index(ip.index()),
        ip.server().orElse(null),
        ip.wanted().orElse(null),
        ip.state().name(),
        ip.reason());
  }

  private static PlanStatus plan(PlanState plan) {
    return new PlanStatus(
        plan.id(),
        plan.sequence(),
        text(plan.computedAt()),
        plan.steps().stream()
            .limit(MAX_STEPS)
            .map(step ->
                new StepStatus(
                    step.floatingIp(),
                    step.from().orElse(null),
                    step.to(),
                    step.reason(),
                    step.state().name()))
            .toList());
  }

  private static @Nullable Integer index(OptionalInt index) {
    return index.isPresent() ? index.getAsInt() : null;
  }

  private static String text(Instant at) {
    return at.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
