package dev.holdfast.operator.status;

import dev.holdfast.api.dataplane.DataPlaneReport;
import dev.holdfast.api.dataplane.DataPlaneStatus.Listener;
import dev.holdfast.api.support.Unsupported;
import dev.holdfast.api.v1alpha1.ServiceTemplate;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Ready: can a client connect and be served, as the resource says? The first obstacle answers. */
final class ReadyVerdict {

  private ReadyVerdict() {}

  /**
   * @param stands what the condition says now; counts while no pod answers for a moment
   * @param serving the answer of pods that are ready, and reached
   */
  static <W extends DataPlaneReport> Verdict of(
      Assessment<?, W> assessment, Verdict stands, Function<W, Verdict> serving) {
    var facts = assessment.facts();
    if (!facts.notSupported().isEmpty()) {
      return Verdict.no(
          "NotSupported",
          "nothing of generation %d was applied: %s"
              .formatted(
                  facts.generation(),
                  facts.notSupported().stream()
                      .map(Unsupported::toString)
                      .collect(Collectors.joining("; "))));
    }
    var blocking =
        facts.obstacles().stream()
            .filter(obstacle -> blocks(obstacle, facts, assessment.sight()))
            .toList();
    if (!blocking.isEmpty()) {
      var worst = Obstacle.worst(blocking);
      return Verdict.no(worst.kind().name(), worst.message());
    }
    var available = assessment.available();
    if (available.answer() != Verdict.Answer.True) {
      return assessment.sight() instanceof Sight.Clear<W> clear
          ? PodVerdicts.refusedAtFirst(clear.lead()).orElse(available)
          : available;
    }
    return switch (assessment.sight()) {
      case Sight.Blink<W> _ -> stands;
      case Sight.Blind<W> blind -> Unanswered.verdict(facts, blind);
      case Sight.Clear<W> clear -> serving.apply(clear.lead());
    };
  }

  /** Something that has gone does no harm to pods that run with it. */
  private static boolean blocks(Obstacle obstacle, Facts<?, ?> facts, Sight<?> sight) {
    var serves =
        facts.readyPods() > 0
            && sight instanceof Sight.Clear<?> clear
            && clear.lead().generation() >= facts.generation();
    return !(serves && obstacle.kind().sparesRunningPods());
  }

  /** Empty unless a port cannot be opened. */
  static Optional<Verdict> listenFailed(List<Listener> listeners) {
    var failed =
        listeners.stream()
            .filter(listener -> listener.state() == Listener.State.Failed)
            .map(listener -> "port %d: %s".formatted(listener.port(), listener.message()))
            .collect(Collectors.joining("; "));
    return failed.isEmpty() ? Optional.empty() : Optional.of(Verdict.no("ListenFailed", failed));
  }

  /** Empty when clients have an address to connect to. */
  static Optional<Verdict> withoutAddress(Facts<?, ?> facts, List<String> addresses) {
    return addresses.isEmpty() || lacksLoadBalancer(facts)
        ? Optional.of(
            Verdict.no(
                "ServiceWithoutAddress",
                "Service %s has no address yet"
                    .formatted(facts.resource().getMetadata().getName())))
        : Optional.empty();
  }

  private static boolean lacksLoadBalancer(Facts<?, ?> facts) {
    var service = facts.service();
    return facts.workload().spec().service().type() == ServiceTemplate.Type.LoadBalancer
        && (service == null || Addresses.ofLoadBalancer(service).isEmpty());
  }
}
