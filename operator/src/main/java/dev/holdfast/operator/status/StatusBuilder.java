package dev.holdfast.operator.status;

import static dev.holdfast.operator.status.Conditions.AGREED;
import static dev.holdfast.operator.status.Conditions.DATA_LOST;
import static dev.holdfast.operator.status.Conditions.DATA_PLANE_AVAILABLE;
import static dev.holdfast.operator.status.Conditions.DEGRADED;
import static dev.holdfast.operator.status.Conditions.PRIMARY_HEALTHY;
import static dev.holdfast.operator.status.Conditions.READY;
import static dev.holdfast.operator.status.Conditions.RECONCILIATION_PAUSED;

import dev.holdfast.api.v1alpha1.FailoverProxyStatus;
import dev.holdfast.operator.children.ChildNames;
import dev.holdfast.operator.children.Replicas;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes a resource's status from what was observed. */
public final class StatusBuilder {

  private static final Verdict STARTING =
      Verdict.unknown("Starting", "waiting for the first word of a pod");

  private final Facts facts;
  private final Sight sight;
  private final PreviousStatus previous;

  private StatusBuilder(Facts facts) {
    this.facts = facts;
    this.sight = Sight.of(facts.pods(), facts.now());
    this.previous = PreviousStatus.of(facts.proxy());
  }

  public static FailoverProxyStatus build(Facts facts) {
    return new StatusBuilder(facts).build();
  }

  private FailoverProxyStatus build() {
    var metadata = facts.proxy().getMetadata();
    var addresses = Addresses.of(facts.service(), facts.pods());
    var told = told();
    var group = sight instanceof Sight.Blink ? previous.group() : GroupStanding.of(facts, previous);
    return new FailoverProxyStatus(
        metadata.getGeneration(),
        Conditions.of(
            verdicts(addresses), previous.conditions(), metadata.getGeneration(), facts.now()),
        told.primary(),
        told.backends(),
        told.healthyBackends(),
        told.lastFailover(),
        group.leader(),
        group.clusterId(),
        group.epoch(),
        facts.pods().size(),
        (int) facts.readyPods(),
        ChildNames.of(facts.proxy()).podSelectorText(),
        addresses);
  }

  private Told told() {
    return switch (sight) {
      case Sight.Clear clear -> Told.by(clear.lead(), facts.proxy().getSpec(), previous);
      case Sight.Blink blink -> Told.before(previous);
      case Sight.Blind blind -> Told.outOfDate(previous);
    };
  }

  private Map<String, Verdict> verdicts(List<String> addresses) {
    var verdicts = new LinkedHashMap<String, Verdict>();
    var available = DataPlaneVerdict.of(facts);
    verdicts.put(READY, ReadyVerdict.of(facts, sight, available, addresses, stands(READY)));
    switch (sight) {
      case Sight.Clear clear -> {
        verdicts.put(PRIMARY_HEALTHY, ServingVerdicts.primaryHealthy(clear.lead()));
        verdicts.put(DEGRADED, ServingVerdicts.degraded(facts, clear));
      }
      case Sight.Blink blink -> {
        verdicts.put(PRIMARY_HEALTHY, stands(PRIMARY_HEALTHY));
        verdicts.put(DEGRADED, stands(DEGRADED));
      }
      case Sight.Blind blind -> {
        verdicts.put(PRIMARY_HEALTHY, Unanswered.verdict(facts, blind));
        verdicts.put(DEGRADED, Unanswered.verdict(facts, blind));
      }
    }
    verdicts.put(DATA_PLANE_AVAILABLE, available);
    agreed().ifPresent(verdict -> verdicts.put(AGREED, verdict));
    AgreementVerdicts.dataLost(facts, previous.group().clusterId())
        .ifPresent(verdict -> verdicts.put(DATA_LOST, verdict));
    if (facts.paused()) {
      verdicts.put(
          RECONCILIATION_PAUSED,
          Verdict.yes("Paused", "changes are not applied until the pause ends"));
    }
    return verdicts;
  }

  private Optional<Verdict> agreed() {
    if (!Replicas.agree(facts.proxy().getSpec())) {
      return ServingVerdicts.unfenced(facts);
    }
    return switch (sight) {
      case Sight.Clear clear ->
          AgreementVerdicts.agreed(facts, previous.group().clusterId())
              .or(() -> Optional.of(stands(AGREED)));
      case Sight.Blink blink -> Optional.of(stands(AGREED));
      case Sight.Blind blind -> Optional.of(Unanswered.verdict(facts, blind));
    };
  }

  private Verdict stands(String type) {
    return previous.verdict(type).orElse(STARTING);
  }
}
