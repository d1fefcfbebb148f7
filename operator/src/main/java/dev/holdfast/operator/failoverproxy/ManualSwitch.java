package dev.holdfast.operator.failoverproxy;

import dev.holdfast.api.dataplane.DataPlaneStatus;
import dev.holdfast.api.v1alpha1.FailoverProxy;
import dev.holdfast.operator.dataplane.SwitchOutcome;
import dev.holdfast.operator.dataplane.SwitchRequest;
import dev.holdfast.operator.dataplane.Switchovers;
import dev.holdfast.operator.events.EventWriter;
import dev.holdfast.operator.events.Notice;
import dev.holdfast.operator.reconcile.DataPlanePods;
import io.fabric8.kubernetes.api.model.Secret;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.Optional;

/**
 * Carries out a switch that was asked for by annotation. The annotation stays until the pods have
 * answered and the Event is written, so that a restarted operator goes on where it was; asking the
 * pods twice does no harm.
 */
final class ManualSwitch {

  private final DataPlanePods<FailoverProxy, DataPlaneStatus> pods;
  private final Switchovers switchovers;
  private final SwitchAnnotations annotations;
  private final EventWriter events;

  ManualSwitch(
      DataPlanePods<FailoverProxy, DataPlaneStatus> pods,
      Switchovers switchovers,
      SwitchAnnotations annotations,
      EventWriter events) {
    this.pods = pods;
    this.switchovers = switchovers;
    this.annotations = annotations;
    this.events = events;
  }

  void carryOut(FailoverProxy proxy, Secret certificates) {
    var request = SwitchAnnotations.of(proxy);
    if (request.isEmpty()) {
      switchovers.forget(ResourceID.fromResource(proxy));
      return;
    }
    ask(proxy, request.get(), certificates)
        .ifPresent(outcome -> {
          events.write(proxy, notice(outcome));
          annotations.remove(proxy);
        });
  }

  /** Asks all pods that answer, in the background; empty as long as they have not decided. */
  private Optional<SwitchOutcome> ask(
      FailoverProxy proxy, SwitchRequest request, Secret certificates) {
    var id = ResourceID.fromResource(proxy);
    return pods.client(proxy, certificates)
        .flatMap(client ->
            switchovers.ask(id, request, client, () -> pods.answering(id), pods::changed));
  }

  static Notice notice(SwitchOutcome outcome) {
    var request = outcome.request();
    var asked =
        "holdfast.dev/switch-to=%s%s".formatted(request.to(), request.force() ? ", forced" : "");
    return outcome.accepted()
        ? new Notice(
            Notice.Type.Normal,
            "SwitchAccepted",
            "Switched",
            asked + ": " + outcome.message(),
            outcome.at().toString())
        : new Notice(
            Notice.Type.Warning,
            "SwitchRefused",
            "KeptPrimary",
            asked + ": " + outcome.message(),
            outcome.at().toString());
  }
}
