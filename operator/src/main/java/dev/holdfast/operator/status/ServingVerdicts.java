package dev.holdfast.operator.status;

import dev.holdfast.api.dataplane.DataPlaneStatus;
import dev.holdfast.api.dataplane.DataPlaneStatus.BackendStatus;
import dev.holdfast.api.dataplane.DataPlaneStatus.Health;
import dev.holdfast.api.v1alpha1.Agreement;
import dev.holdfast.api.v1alpha1.Backend;
import dev.holdfast.api.v1alpha1.FailoverProxy;
import dev.holdfast.api.v1alpha1.Selection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Of a FailoverProxy: Ready, PrimaryHealthy, Degraded, and Agreed without agreement. What do the
 * pods say of the backends?
 */
final class ServingVerdicts {

  private ServingVerdicts() {}

  static Verdict primaryHealthy(DataPlaneStatus lead) {
    var primary = lead.primary();
    if (primary == null) {
      return Verdict.no("NoPrimary", noPrimary(lead));
    }
    var sick =
        backend(lead, primary.name()).filter(backend -> backend.health() == Health.Unhealthy);
    return sick.map(backend -> Verdict.no("PrimaryUnhealthy", describe(backend)))
        .orElseGet(() -> serves(primary));
  }

  private static Verdict serves(DataPlaneStatus.Primary primary) {
    return Verdict.yes("Serving", "%s (%s)".formatted(primary.name(), primary.endpoint()));
  }

  static Verdict degraded(Facts<?, DataPlaneStatus> facts, Sight.Clear<DataPlaneStatus> sight) {
    return PodVerdicts.degraded(facts, sight)
        .or(() -> disagreement(sight))
        .or(() -> standby(sight.lead()))
        .or(() -> PodVerdicts.podsMissing(facts))
        .orElseGet(() -> Verdict.no("AsWanted", "the preferred backend serves"));
  }

  /** Empty where one replica, or the mode, needs no agreement. */
  static Optional<Verdict> unfenced(Facts<FailoverProxy, ?> facts) {
    var spec = facts.resource().getSpec();
    var unfenced =
        spec.replicas() > 1
            && spec.selection().mode() == Selection.Mode.Primary
            && spec.agreement().mode() == Agreement.Mode.None;
    return unfenced
        ? Optional.of(
            Verdict.no(
                "Unfenced",
                "agreement.mode is None: each of %d replicas chooses a primary by itself"
                    .formatted(spec.replicas())))
        : Optional.empty();
  }

  /** Ready, of pods that are ready, and reached. */
  static Verdict ready(Facts<?, ?> facts, DataPlaneStatus lead, List<String> addresses) {
    var primary = lead.primary();
    return ReadyVerdict.listenFailed(List.of(lead.listener()))
        .or(() ->
            primary == null
                ? Optional.of(Verdict.no("NoPrimary", noPrimary(lead)))
                : ReadyVerdict.withoutAddress(facts, addresses))
        .orElseGet(() -> serves(Objects.requireNonNull(primary)));
  }

  private static String noPrimary(DataPlaneStatus lead) {
    var backends =
        lead.backends().stream().map(ServingVerdicts::describe).collect(Collectors.joining("; "));
    return backends.isEmpty() ? "there are no backends" : "no backend is usable: " + backends;
  }

  private static Optional<Verdict> disagreement(Sight.Clear<DataPlaneStatus> sight) {
    var choices =
        sight.all().stream()
            .filter(word -> word.primary() != null)
            .map(word -> word.primary().name())
            .distinct()
            .count();
    return choices < 2
        ? Optional.empty()
        : Optional.of(
            Verdict.yes(
                "Disagreement",
                sight.all().stream()
                    .map(word -> word.instance() + ": " + primaryName(word))
                    .collect(Collectors.joining(", "))));
  }

  private static Optional<Verdict> standby(DataPlaneStatus lead) {
    var primary = lead.primary();
    var preferred =
        lead.backends().stream()
            .filter(backend -> backend.state().equals(Backend.State.Active.name()))
            .findFirst();
    return primary == null
        ? Optional.of(Verdict.yes("NoPrimary", noPrimary(lead)))
        : preferred
            .filter(backend -> !backend.name().equals(primary.name()))
            .map(backend ->
                Verdict.yes(
                    "ServingFromStandby",
                    "%s serves; preferred is %s".formatted(primary.name(), describe(backend))));
  }

  private static Optional<BackendStatus> backend(DataPlaneStatus word, String name) {
    return word.backends().stream().filter(backend -> backend.name().equals(name)).findFirst();
  }

  private static String primaryName(DataPlaneStatus word) {
    return word.primary() == null ? "none" : word.primary().name();
  }

  private static String describe(BackendStatus backend) {
    var state = backend.state().equals(Backend.State.Active.name()) ? "" : backend.state() + ", ";
    var reason = backend.reason() == null ? "" : ", " + backend.reason();
    return "%s (%s%s%s)".formatted(backend.name(), state, backend.health(), reason);
  }
}
