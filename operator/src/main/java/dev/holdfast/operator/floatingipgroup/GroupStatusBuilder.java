package dev.holdfast.operator.floatingipgroup;

import dev.holdfast.api.v1alpha1.FloatingIpGroup;
import dev.holdfast.api.v1alpha1.FloatingIpGroupStatus;
import dev.holdfast.floatingip.loop.GroupStatus;
import dev.holdfast.floatingip.resource.StatusForm;
import dev.holdfast.operator.status.Conditions;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes a resource's status of what its group says. */
final class GroupStatusBuilder {
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
    var form = StatusForm.of(status);
    var lastApplied = before == null ? null : before.lastApplied();
    return new FloatingIpGroupStatus(
        generation,
        conditions,
        form.servers(),
        form.floatingIps(),
        form.plan(),
        form.lastApplied() == null ? lastApplied : form.lastApplied(),
        form.rateLimit(),
        status.ips(),
        status.inPlace(),
        status.pendingMoves());
  }
}
