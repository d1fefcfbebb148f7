package dev.holdfast.dataplane.agreement.member;

import dev.holdfast.dataplane.agreement.ledger.Office.RunningHooks;
import dev.holdfast.dataplane.agreement.ledger.Office.Serving;
import dev.holdfast.dataplane.agreement.ledger.Tenure;
import dev.holdfast.health.Health;
import java.util.Optional;

/** What a lease permits: to admit clients to the primary, and to run its hooks. */
final class Rights {
  private Rights() {}

  /** Ends whatever this process does without a right to it. */
  static Turn enforce(Turn turn) {
    return cancelHooks(sever(withdraw(turn)));
  }

  /** Begins what this process has a right to. */
  static Turn exercise(Turn turn) {
    return runHooks(prolong(admit(turn)));
  }

  private static Optional<Tenure> admission(Turn turn) {
    return turn.ledger().office() instanceof Serving(var tenure)
            && turn.holdsLease()
            && !turn.state().relays().severing()
            && turn.policy().knows(tenure)
            && turn.ownVerdict(tenure.name()) != Health.Unhealthy
        ? Optional.of(tenure)
        : Optional.empty();
  }

  private static Turn withdraw(Turn turn) {
    var open = turn.state().relays().open();
    return open == null || admission(turn).filter(open::equals).isPresent()
        ? turn
        : turn.effect(new MemberEffect.Withdraw())
            .with(turn.state().with(turn.state().relays().withdrawn()));
  }

  /** Connections outlive neither their fence nor the lease that they were made under. */
  private static Turn sever(Turn turn) {
    var relays = turn.state().relays();
    var kept = relays.fence() == turn.ledger().fence() && turn.holdsLease();
    return !relays.used() || relays.severing() || kept
        ? turn
        : turn.effect(new MemberEffect.Sever()).with(turn.state().with(relays.sever()));
  }

  private static Turn admit(Turn turn) {
    var lease = turn.state().renewals().lease();
    var permitted = admission(turn);
    if (lease == null || permitted.isEmpty() || turn.state().relays().open() != null) {
      return turn;
    }
    var tenure = permitted.get();
    var next = turn.state().relays().admitted(tenure, lease);
    return turn.effect(new MemberEffect.Admit(tenure.target(), tenure.epoch(), lease.until()))
        .with(turn.state().with(next));
  }

  private static Turn prolong(Turn turn) {
    var lease = turn.state().renewals().lease();
    var relays = turn.state().relays();
    return lease == null
            || !relays.used()
            || relays.severing()
            || !turn.holdsLease()
            || lease.until().equals(relays.until())
        ? turn
        : turn.effect(new MemberEffect.Prolong(lease.until()))
            .with(turn.state().with(relays.prolonged(lease)));
  }

  private static Optional<Tenure> hooks(Turn turn) {
    return turn.ledger().office() instanceof RunningHooks(var tenure, var search, var runner)
            && runner.equals(turn.state().self())
            && turn.holdsLease()
            && turn.policy().knows(tenure)
        ? Optional.of(tenure)
        : Optional.empty();
  }

  private static Turn cancelHooks(Turn turn) {
    return switch (turn.state().hooks()) {
      case HookRun.Running(var run, var fence, var deadline)
          when fence != turn.ledger().fence() || hooks(turn).isEmpty() ->
          turn.effect(new MemberEffect.CancelHooks(run))
              .with(turn.state().with(new HookRun.Idle(run)));
      case HookRun.Running(var run, var fence, var deadline) when !turn.now().isBefore(deadline) ->
          turn.effect(new MemberEffect.CancelHooks(run))
              .with(turn.state().with(new HookRun.Ended(run, fence, true)));
      case HookRun.Ended(var run, var fence, var aborted) when fence != turn.ledger().fence() ->
          turn.with(turn.state().with(new HookRun.Idle(run)));
      case HookRun _ -> turn;
    };
  }

  private static Turn runHooks(Turn turn) {
    var lease = turn.state().renewals().lease();
    var permitted = hooks(turn);
    if (!(turn.state().hooks() instanceof HookRun.Idle(var last))
        || lease == null
        || permitted.isEmpty()) {
      return turn;
    }
    var run = last + 1;
    var deadline = turn.now().plus(turn.policy().hooks().deadline());
    return turn.effect(new MemberEffect.RunHooks(run, permitted.get(), lease.until()))
        .with(turn.state().with(new HookRun.Running(run, turn.ledger().fence(), deadline)));
  }
}
