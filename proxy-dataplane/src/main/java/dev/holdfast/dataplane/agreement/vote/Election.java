package dev.holdfast.dataplane.agreement.vote;

import dev.holdfast.dataplane.failover.Candidate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Chooses a primary: the first candidate of the list that a majority of the voters can reach. */
public final class Election {
  private Election() {}

  /**
   * @param candidates in order of preference
   * @param discarded that are not to be chosen in this round
   * @param patient whether to wait for the votes on a candidate rather than pass it over
   */
  public static Optional<Candidate> choose(
      List<Candidate> candidates,
      Set<String> discarded,
      Function<String, Tally> votes,
      boolean patient) {
    for (var candidate : candidates) {
      if (!candidate.active() || discarded.contains(candidate.name())) {
        continue;
      }
      var tally = votes.apply(candidate.name());
      if (tally.usable()) {
        return Optional.of(candidate);
      }
      if (patient && !tally.lost()) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }
}
