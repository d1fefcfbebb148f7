package dev.holdfast.operator.status;

import dev.holdfast.api.dataplane.DataPlaneReport;
import java.util.Objects;
import java.util.Optional;

/** What is wrong with the pods of a resource, or with what they run, whichever kind it is. */
final class PodVerdicts {

  private static final String CONFIG_REFUSED = "ConfigRefused";

  private PodVerdicts() {}

  /** Degraded: something that running pods still bear. */
  static Optional<Verdict> degraded(Facts<?, ?> facts, Sight.Clear<?> sight) {
    return refusal(sight).or(() -> missing(facts));
  }

  /** A pod that never had a configuration to run. */
  static Optional<Verdict> refusedAtFirst(DataPlaneReport word) {
    return word.refused() != null && word.generation() == 0
        ? Optional.of(Verdict.no(CONFIG_REFUSED, refusal(word)))
        : Optional.empty();
  }

  /** Degraded: fewer pods are ready than wanted. */
  static Optional<Verdict> podsMissing(Facts<?, ?> facts) {
    return facts.readyPods() < facts.wantedPods()
        ? Optional.of(
            Verdict.yes(
                "PodsMissing",
                "%d of %d pods ready".formatted(facts.readyPods(), facts.wantedPods())))
        : Optional.empty();
  }

  private static Optional<Verdict> refusal(Sight.Clear<?> sight) {
    return sight.all().stream()
        .filter(word -> word.refused() != null)
        .map(word -> Verdict.yes(CONFIG_REFUSED, refusal(word)))
        .findFirst();
  }

  private static String refusal(DataPlaneReport word) {
    var refused = Objects.requireNonNull(word.refused());
    var running =
        word.generation() == 0
            ? "runs nothing"
            : "goes on with generation %d".formatted(word.generation());
    return "%s %s and refused %d: %s"
        .formatted(
            word.instance(), running, refused.generation(), String.join("; ", refused.problems()));
  }

  private static Optional<Verdict> missing(Facts<?, ?> facts) {
    var missing = facts.obstacles().stream().filter(o -> o.kind().sparesRunningPods()).toList();
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Verdict.yes(Obstacle.worst(missing).kind().name(), Obstacle.worst(missing).message()));
  }
}
