package dev.holdfast.dataplane.agreement.member;

import dev.holdfast.dataplane.agreement.Moment;
import dev.holdfast.dataplane.agreement.ledger.Command;
import dev.holdfast.dataplane.agreement.ledger.Command.LeavePrimary;
import dev.holdfast.dataplane.agreement.ledger.Office;
import dev.holdfast.dataplane.agreement.ledger.Search;
import dev.holdfast.dataplane.failover.Candidate;
import dev.holdfast.dataplane.failover.Failback;
import dev.holdfast.dataplane.failover.Reason;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether a backend that stands higher in the list takes over from a primary that still serves. */
final class Failbacks {
  private Failbacks() {}

  static Optional<Command> leave(Turn turn) {
    return firstStable(turn, contenders(turn).stream())
        .map(_ -> new LeavePrimary(turn.ledger().fence(), Reason.Failback));
  }

  /** The one that the primary was left for; empty when it is not usable any more. */
  static Optional<Candidate> successor(Turn turn, Search search) {
    return search.reason() == Reason.Failback
        ? firstStable(
            turn,
            turn.policy().candidates().stream()
                .filter(Candidate::active)
                .filter(candidate -> !search.discarded().contains(candidate.name())))
        : Optional.empty();
  }

  private static Optional<Candidate> firstStable(Turn turn, Stream<Candidate> candidates) {
    var stability = turn.state().leadership().stability();
    return candidates
        .filter(candidate -> {
          var at = stability.takesOverAt(candidate, turn.policy());
          return at != null && !turn.now().isBefore(at);
        })
        .findFirst();
  }

  /** Those that could take over from the primary; nobody could from one that a person chose. */
  private static List<Candidate> contenders(Turn turn) {
    return turn.ledger().office() instanceof Office.Serving(var tenure)
            && tenure.reason() != Reason.Switchover
            && !(turn.policy().failback() instanceof Failback.Never)
        ? turn.policy().candidates().stream()
            .takeWhile(candidate -> !candidate.name().equals(tenure.name()))
            .filter(Candidate::active)
            .toList()
        : List.of();
  }

  /** Contenders that nobody tries but when asked. */
  static List<String> toAsk(Turn turn) {
    return contenders(turn).stream()
        .filter(candidate -> !candidate.checked())
        .map(Candidate::name)
        .toList();
  }

  /** Void votes end a streak, and so are looked at when they become void. */
  static void wake(Turn turn, List<Moment> times) {
    var leadership = turn.state().leadership();
    for (var contender : contenders(turn)) {
      var at = leadership.stability().takesOverAt(contender, turn.policy());
      if (at != null) {
        times.add(at);
      }
    }
    if (!leadership.stability().streaks().isEmpty()) {
      var age = turn.policy().verdictAge();
      leadership.ballots().cast().values().forEach(ballot -> times.add(ballot.at().plus(age)));
    }
  }
}
