package dev.holdfast.floatingip.loop;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One step of the machine while it is made: the parts of the state as they change. */
final class Turn {
  final GroupPolicy policy;
  final Instant now;
  boolean leads;
  Reading reading;
  Members members;
  Moves moves;
  Planned planned;
  Set<Long> yielded;
  private final List<GroupEffect> effects = new ArrayList<>();
  private @Nullable Instant wakeAt;

  Turn(GroupState state, GroupPolicy policy, Instant now) {
    this.policy = policy;
    this.now = now;
    this.leads = state.leads();
    this.reading = state.reading();
    this.members = state.members();
    this.moves = state.moves();
    this.planned = state.planned();
    this.yielded = state.yielded();
  }

  void effect(GroupEffect effect) {
    effects.add(effect);
  }

  void tell(GroupNotice notice) {
    effects.add(new GroupEffect.Tell(notice));
  }

  void wakeAt(@Nullable Instant at) {
    if (at != null && (wakeAt == null || at.isBefore(wakeAt))) {
      wakeAt = at;
    }
  }

  /** Whether the cloud was read since this process leads, so that plans are worth something. */
  boolean mayPlan() {
    return leads && reading.readAt() != null;
  }

  GroupMachine.Step end() {
    return new GroupMachine.Step(
        new GroupState(leads, reading, members, moves, planned, yielded, wakeAt),
        List.copyOf(effects));
  }
}
