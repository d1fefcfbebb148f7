package dev.holdfast.dataplane.agreement.stick.member;

/** What a lease permits: to have connections, and to admit clients. */
final class Rights {
  private Rights() {}

  /** Ends whatever this process does without a right to it. */
  static Turn enforce(Turn turn) {
    return sever(withdraw(turn));
  }

  /** Begins what this process has a right to. */
  static Turn exercise(Turn turn) {
    return prolong(admit(turn));
  }

  /** An older configuration than the table's does not know where its groups are. */
  private static boolean admits(Turn turn) {
    return turn.mayActUntil() != null
        && !turn.state().door().severing()
        && turn.head().configuration() != null
        && turn.policy().generation() >= turn.head().generation();
  }

  private static Turn withdraw(Turn turn) {
    var door = turn.state().door();
    return !door.open() || admits(turn)
        ? turn
        : turn.effect(new StickMemberEffect.Withdraw()).with(turn.state().with(door.withdrawn()));
  }

  /** No connection outlives the lease that it was made under. */
  private static Turn sever(Turn turn) {
    var door = turn.state().door();
    return !door.used() || door.severing() || turn.mayActUntil() != null
        ? turn
        : turn.effect(new StickMemberEffect.Sever()).with(turn.state().with(door.sever()));
  }

  private static Turn admit(Turn turn) {
    var until = turn.mayActUntil();
    var door = turn.state().door();
    return until == null || door.open() || !admits(turn)
        ? turn
        : turn.effect(new StickMemberEffect.Admit(until))
            .with(turn.state().with(door.opened(until)));
  }

  private static Turn prolong(Turn turn) {
    var until = turn.mayActUntil();
    var door = turn.state().door();
    return until == null || !door.used() || door.severing() || until.equals(door.until())
        ? turn
        : turn.effect(new StickMemberEffect.Prolong(until))
            .with(turn.state().with(door.prolonged(until)));
  }
}
