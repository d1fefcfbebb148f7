package dev.holdfast.operator.status;

import dev.holdfast.api.dataplane.DataPlaneStatus;
import dev.holdfast.api.dataplane.DataPlaneStatus.Listener;
import dev.holdfast.api.support.Unsupported;
import dev.holdfast.api.v1alpha1.ServiceTemplate;
import java.util.List;
import java.util.stream.Collectors;

/** Ready: can a client connect and be served, as the resource says? The first obstacle answers. */
final class ReadyVerdict {

  private ReadyVerdict() {}

  /**
   * @param stands what the condition says now; counts while no pod answers for a moment
   */
  static Verdict of(
      Facts facts, Sight sight, Verdict available, List<String> addresses, Verdict stands) {
    if (!facts.notSupported().isEmpty()) {
      return Verdict.no(
          "NotSupported",
          "nothing of generation %d was applied: %s"
              .formatted(
                  facts.proxy().getMetadata().getGeneration(),
                  facts.notSupported().stream()
                      .map(Unsupported::toString)
                      .collect(Collectors.joining("; "))));
    }
    var blocking =
        facts.obstacles().stream().filter(obstacle -> blocks(obstacle, facts, sight)).toList();
    if (!blocking.isEmpty()) {
      var worst = Obstacle.worst(blocking);
      return Verdict.no(worst.kind().name(), worst.message());
    }
    if (available.answer() != Verdict.Answer.True) {
      return sight instanceof Sight.Clear clear
          ? ServingVerdicts.refusedAtFirst(clear.lead()).orElse(available)
          : available;
    }
    return switch (sight) {
      case Sight.Blink blink -> stands;
      case Sight.Blind blind -> Unanswered.verdict(facts, blind);
      case Sight.Clear clear -> serving(facts, clear.lead(), addresses);
    };
  }

  /** Something that has gone does no harm to pods that run with it. */
  private static boolean blocks(Obstacle obstacle, Facts facts, Sight sight) {
    var serves =
        facts.readyPods() > 0
            && sight instanceof Sight.Clear clear
            && clear.lead().generation() >= facts.proxy().getMetadata().getGeneration();
    return !(serves && obstacle.kind().sparesRunningPods());
  }

  private static Verdict serving(Facts facts, DataPlaneStatus lead, List<String> addresses) {
    if (lead.listener().state() == Listener.State.Failed) {
      return Verdict.no(
          "ListenFailed",
          "port %d: %s".formatted(lead.listener().port(), lead.listener().message()));
    }
    var primary = lead.primary();
    if (primary == null) {
      return Verdict.no("NoPrimary", ServingVerdicts.noPrimary(lead));
    }
    if (addresses.isEmpty() || lacksLoadBalancer(facts)) {
      return Verdict.no(
          "ServiceWithoutAddress",
          "Service %s has no address yet".formatted(facts.proxy().getMetadata().getName()));
    }
    return Verdict.yes("Serving", "%s (%s)".formatted(primary.name(), primary.endpoint()));
  }

  private static boolean lacksLoadBalancer(Facts facts) {
    var service = facts.service();
    return facts.proxy().getSpec().service().type() == ServiceTemplate.Type.LoadBalancer
        && (service == null || Addresses.ofLoadBalancer(service).isEmpty());
  }
}
