package dev.holdfast.floatingip.loop;

import dev.holdfast.floatingip.plan.Plan;
import dev.holdfast.floatingip.plan.Step;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongPredicate;

/**
 * A plan and how far it is. It stays the same as long as newer plans want what is left of it.
 *
 * @param steps by floating IP
 */
record PlanProgress(
    long sequence, String id, Instant computedAt, Plan plan, Map<Long, Progress> steps) {

  /**
   * @param reason of the newest failure; empty when there was none
   * @param failures so far
   */
  record Progress(StepState state, String reason, int failures) {
    static final Progress PENDING = new Progress(StepState.Pending, "", 0);
  }

  PlanProgress {
    steps = Map.copyOf(steps);
  }

  static PlanProgress begin(long sequence, Plan plan, Instant now) {
    var steps = new HashMap<Long, Progress>();
    plan.steps().forEach(step -> steps.put(step.floatingIp().id(), Progress.PENDING));
    return new PlanProgress(sequence, plan.id(), now, plan, steps);
  }

  Optional<Progress> of(long floatingIp) {
    return Optional.ofNullable(steps.get(floatingIp));
  }

  PlanProgress with(long floatingIp, StepState state) {
    var before = steps.get(floatingIp);
    return before == null
        ? this
        : with(floatingIp, new Progress(state, before.reason(), before.failures()));
  }

  PlanProgress failed(long floatingIp, String reason) {
    var before = steps.get(floatingIp);
    return before == null
        ? this
        : with(floatingIp, new Progress(StepState.Failed, reason, before.failures() + 1));
  }

  private PlanProgress with(long floatingIp, Progress progress) {
    var next = new HashMap<>(steps);
    next.put(floatingIp, progress);
    return new PlanProgress(sequence, id, computedAt, plan, next);
  }

  /** What is still to be begun, by floating IP. */
  List<Step> open(LongPredicate free) {
    return plan.steps().stream()
        .filter(step -> free.test(step.floatingIp().id()))
        .filter(step -> isOpen(step.floatingIp().id()))
        .toList();
  }

  private boolean isOpen(long floatingIp) {
    return switch (Objects.requireNonNull(steps.get(floatingIp)).state()) {
      case Pending, Failed -> true;
      case Applying, Done -> false;
    };
  }

  int count(StepState state) {
    return (int) steps.values().stream().filter(step -> step.state() == state).count();
  }

  boolean isDone() {
    return count(StepState.Done) == steps.size();
  }
}
