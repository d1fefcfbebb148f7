package dev.holdfast.operator.status;

import java.util.Objects;
import java.util.stream.Collectors;

/** DataPlaneAvailable: are there pods that can take connections? */
final class DataPlaneVerdict {

  private DataPlaneVerdict() {}

  static Verdict of(Facts<?, ?> facts) {
    var ready = facts.readyPods();
    var wanted = facts.wantedPods();
    var count = "%d of %d pods ready".formatted(ready, wanted);
    if (facts.between()) {
      return Verdict.no(
          "Regrouping",
          "%d pods are made when these have ended: %s"
              .formatted(
                  wanted,
                  facts.pods().stream().map(PodFact::name).collect(Collectors.joining(", "))));
    }
    if (ready >= wanted && ready > 0) {
      return Verdict.yes("AllPodsReady", count);
    }
    var trouble =
        facts.pods().stream().filter(pod -> pod.trouble() != null).findFirst().orElse(null);
    if (trouble != null) {
      var first = Objects.requireNonNull(trouble.trouble());
      var message = "%s; %s: %s".formatted(count, trouble.name(), first.message());
      return ready > 0
          ? Verdict.yes("SomePodsReady", message)
          : Verdict.no(first.reason(), message);
    }
    if (ready > 0) {
      return Verdict.yes("SomePodsReady", count);
    }
    return wanted == 0
        ? Verdict.no("ScaledToZero", "spec.replicas is 0")
        : Verdict.no("PodsNotReady", facts.pods().isEmpty() ? "no pod exists yet" : count);
  }
}
