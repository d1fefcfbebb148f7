package dev.holdfast.floatingip.loop;

import dev.holdfast.floatingip.plan.Observed;
import dev.holdfast.floatingip.plan.Plan;
import dev.holdfast.floatingip.plan.PlannerPolicy;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is wanted.
 *
 * @param computed the newest plan before moves that can wait were taken out; null before the first
 * @param latest the newest plan; null before the first
 * @param current what is shown and applied; null before the first
 * @param sequence of the newest plan that was made
 * @param held what is not begun now
 * @param lastApplied null before a move has ended
 */
record Planned(
    @Nullable Computed computed,
    @Nullable Plan latest,
    @Nullable PlanProgress current,
    long sequence,
    List<MoveGate.Held> held,
    @Nullable LastApplied lastApplied) {

  /** A plan, and all that it was computed from. */
  record Computed(Observed observed, PlannerPolicy policy, Plan plan) {}

  /** How the newest plan of which a move has ended came out so far. */
  record LastApplied(String id, Instant at, int moved, int failed) {}

  static Planned none() {
    return new Planned(null, null, null, 0, List.of(), null);
  }

  Planned with(Computed newComputed, Plan newLatest) {
    return new Planned(newComputed, newLatest, current, sequence, held, lastApplied);
  }

  Planned with(PlanProgress newCurrent) {
    return new Planned(
        computed, latest, newCurrent, Math.max(sequence, newCurrent.sequence()), held, lastApplied);
  }

  Planned holding(List<MoveGate.Held> newHeld) {
    return new Planned(computed, latest, current, sequence, List.copyOf(newHeld), lastApplied);
  }

  Planned applied(LastApplied newLastApplied) {
    return new Planned(computed, latest, current, sequence, held, newLastApplied);
  }
}
