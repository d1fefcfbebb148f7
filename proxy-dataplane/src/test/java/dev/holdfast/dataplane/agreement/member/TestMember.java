package dev.holdfast.dataplane.agreement.member;

import dev.holdfast.dataplane.agreement.Incarnation;
import dev.holdfast.dataplane.agreement.MemberId;
import dev.holdfast.dataplane.agreement.Moment;
import dev.holdfast.dataplane.agreement.ledger.Command;
import dev.holdfast.dataplane.agreement.ledger.Ledger;
import dev.holdfast.health.Health;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The machine of member a of a, b, c, with the effects since the clock was set last. */
final class TestMember {
  static final MemberId A = new MemberId("a", 0);
  static final MemberId B = new MemberId("b", 0);
  static final MemberId C = new MemberId("c", 0);
  static final Incarnation SELF = new Incarnation(A, 1);

  final List<MemberEffect> effects = new ArrayList<>();
  MemberPolicy policy;
  MemberState state = MemberState.initial(SELF, Ledger.empty(), moment(0));
  private long now;
  private long index;
  private long ballots;

  TestMember(MemberPolicy policy) {
    this.policy = policy;
  }

  static Moment moment(long millis) {
    return new Moment(millis * 1_000_000);
  }

  void at(long millis) {
    now = millis;
    effects.clear();
  }

  void send(MemberEvent event) {
    var step = MemberMachine.step(state, event, policy, moment(now));
    state = step.state();
    effects.addAll(step.effects());
  }

  void tickAt(long millis) {
    at(millis);
    send(new MemberEvent.Tick());
  }

  void commit(Command command) {
    send(new MemberEvent.Applied(++index, command));
  }

  void cast(MemberId voter, Map<String, Health> verdicts) {
    ballots++;
    send(new MemberEvent.BallotCast(new Incarnation(voter, 1), ballots, verdicts, Duration.ZERO));
  }

  long fence() {
    return state.ledger().fence();
  }
}
