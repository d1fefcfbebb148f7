package dev.holdfast.operator.floatingipgroup;

import dev.holdfast.api.v1alpha1.FloatingIpGroup;
import dev.holdfast.floatingip.loop.GroupStatus;
import dev.holdfast.floatingip.loop.GroupStatus.PlanState;
import dev.holdfast.operator.events.EventQueue;
import dev.holdfast.operator.events.Notice;
import dev.holdfast.operator.resource.Annotations;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.List;
import java.util.Optional;

/** An approval is for one plan and one time: the same steps may be a bad idea later. */
final class Approvals {
  private final EventQueue events;

  Approvals(EventQueue events) {
    this.events = events;
  }

  /** Takes the annotation off when there is nothing more to be done by it. */
  void takeOff(
      FloatingIpGroup resource, Optional<GroupStatus> running, Context<FloatingIpGroup> context) {
    var approved = Annotations.value(resource, Setups.APPROVE);
    if (approved.isEmpty() || running.isEmpty() || !isOver(running.get(), approved.get())) {
      return;
    }
    Annotations.remove(context.getClient(), resource, List.of(Setups.APPROVE));
    outdated(running.get(), approved.get()).ifPresent(notice -> events.write(resource, notice));
  }

  /** Its plan was applied, or another one has taken its place. */
  static boolean isOver(GroupStatus status, String approved) {
    return status
        .plan()
        .filter(plan -> !plan.id().equals(approved) || isApplied(status, approved))
        .isPresent();
  }

  private static boolean isApplied(GroupStatus status, String plan) {
    return status.pendingMoves() == 0
        && status.lastApplied().filter(last -> last.id().equals(plan)).isPresent();
  }

  /** What is to be said when steps wait that nobody has approved. */
  static Optional<Notice> outdated(GroupStatus status, String approved) {
    return status
        .plan()
        .map(PlanState::id)
        .filter(plan -> !plan.equals(approved) && status.pendingMoves() > 0)
        .map(plan ->
            new Notice(
                Notice.Type.Warning,
                "ApprovalOutdated",
                "TookOffAnnotation",
                "plan %s was approved, but the plan is %s by now: look at that one"
                    .formatted(approved, plan),
                approved + "/" + plan));
  }
}
