package dev.holdfast.dataplane.failover;

import dev.holdfast.dataplane.failover.Phase.Probing;
import dev.holdfast.dataplane.failover.Phase.Search;
import dev.holdfast.dataplane.failover.Phase.Waiting;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Looks for a primary: from the top of the list, one candidate after the other. */
final class Selection {
  private Selection() {}

  /**
   * Begins a new search. Searches that follow one another faster than {@link Backoff#MIN} wait: a
   * backend that answers probes and refuses clients would make them spin.
   */
  static Turn begin(Turn turn, Reason reason) {
    var search = new Search(reason, 0);
    var last = turn.state().searchedAt();
    var earliest = last == null ? turn.now() : last.plus(Backoff.MIN);
    return turn.now().isBefore(earliest)
        ? turn.phase(new Waiting(search, earliest))
        : round(turn, search);
  }

  /** Begins a round at the top of the list. */
  static Turn round(Turn turn, Search search) {
    return ask(turn.with(turn.state().searchedAt(turn.now())), search, 0);
  }

  static Turn answered(Turn turn, Probing probing, Outcome outcome) {
    var candidate = probing.candidate();
    var known = turn.connected(candidate.name(), outcome);
    return switch (outcome) {
      case Outcome.Connected() when known.eligible(candidate) ->
          Succession.choose(known, candidate, probing.search());
      case Outcome.Connected() ->
          discard(known, probing.search(), candidate, known.backend(candidate.name()).why());
      case Outcome.Failed(var reason, var why) -> discard(known, probing.search(), candidate, why);
      case Outcome.NotAsked _ ->
          known.phase(new Probing(probing.search(), candidate, turn.later(probing.probe())));
    };
  }

  /** The probe's time is up: it did not answer, or it could not be sent and is now. */
  static Turn due(Turn turn, Probing probing) {
    return probing.probe().unasked()
        ? probe(turn, probing.search(), probing.candidate())
        : answered(turn, probing, FailoverMachine.SILENT);
  }

  /** Goes on with the candidate after this one. */
  static Turn discard(Turn turn, Search search, Candidate candidate, String why) {
    var told = turn.tell(new Notice.Discarded(candidate.name(), why));
    return ask(told, search, turn.policy().rank(candidate.name()) + 1);
  }

  /** A backend that could not be asked before may be asked now: do not wait any longer. */
  static Turn wake(Turn turn, Waiting waiting) {
    return begin(turn, waiting.search().reason());
  }

  private static Turn ask(Turn turn, Search search, int fromRank) {
    return turn.policy().candidates().stream()
        .skip(fromRank)
        .filter(turn::eligible)
        .findFirst()
        .map(candidate -> probe(turn.tell(new Notice.Trying(candidate)), search, candidate))
        .orElseGet(() -> pause(turn, search));
  }

  private static Turn probe(Turn turn, Search search, Candidate candidate) {
    var asked = turn.probe(candidate);
    return asked.phase(new Probing(search, candidate, asked.pending()));
  }

  private static Turn pause(Turn turn, Search search) {
    var pause = turn.policy().backoff().pause(search.rounds());
    var anyone = turn.policy().candidates().stream().anyMatch(turn::eligible);
    var until = anyone ? turn.now().plus(pause) : null;
    return turn.tell(
            new Notice.NoCandidate(
                turn.policy().candidates().size(),
                until == null ? Optional.empty() : Optional.of(pause)))
        .phase(waiting(search, until));
  }

  private static Waiting waiting(Search search, @Nullable Instant until) {
    return new Waiting(new Search(search.reason(), search.rounds() + 1), until);
  }
}
