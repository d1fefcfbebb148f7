package dev.holdfast.dataplane.agreement.stick.member;

import dev.holdfast.dataplane.agreement.Moment;
import dev.holdfast.dataplane.agreement.stick.LedgerHead;
import dev.holdfast.dataplane.agreement.stick.TableCommand;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One step under way: the state so far, the effects so far, and what the step may look at. */
record Turn(
    StickMemberState state, List<StickMemberEffect> effects, StickMemberPolicy policy, Moment now) {

  Turn {
    effects = List.copyOf(effects);
  }

  Turn with(StickMemberState next) {
    return new Turn(next, effects, policy, now);
  }

  Turn effect(StickMemberEffect effect) {
    var more = new ArrayList<>(effects);
    more.add(effect);
    return new Turn(state, more, policy, now);
  }

  Turn propose(TableCommand command) {
    return effect(new StickMemberEffect.Propose(command));
  }

  LedgerHead head() {
    return state.head();
  }

  @Nullable Moment mayActUntil() {
    return state.mayActUntil(now);
  }
}
