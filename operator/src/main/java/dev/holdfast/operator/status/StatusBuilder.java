package dev.holdfast.operator.status;

import static dev.holdfast.operator.status.Conditions.AGREED;
import static dev.holdfast.operator.status.Conditions.DEGRADED;
import static dev.holdfast.operator.status.Conditions.PRIMARY_HEALTHY;

import dev.holdfast.api.dataplane.DataPlaneStatus;
import dev.holdfast.api.v1alpha1.FailoverProxy;
import dev.holdfast.api.v1alpha1.FailoverProxyStatus;
import dev.holdfast.operator.children.ChildNames;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Makes a FailoverProxy's status from what was observed. */
public final class StatusBuilder {

  // The schema's bound.
  private static final int MAX_ADDRESSES = 16;

  private final Facts<FailoverProxy, DataPlaneStatus> facts;
  private final Assessment<FailoverProxy, DataPlaneStatus> assessment;
  private final PreviousStatus previous;

  private StatusBuilder(Facts<FailoverProxy, DataPlaneStatus> facts) {
    this.facts = facts;
    this.assessment = Assessment.of(facts, MAX_ADDRESSES);
    this.previous = PreviousStatus.of(facts.resource());
  }

  public static FailoverProxyStatus build(Facts<FailoverProxy, DataPlaneStatus> facts) {
    return new StatusBuilder(facts).build();
  }

  private FailoverProxyStatus build() {
    var told = told();
    var group = assessment.group();
    return new FailoverProxyStatus(
        facts.generation(),
        assessment.conditions(
            lead -> ServingVerdicts.ready(facts, lead, assessment.addresses()), verdicts()),
        told.primary(),
        told.backends(),
        told.healthyBackends(),
        told.lastFailover(),
        group.leader(),
        group.clusterId(),
        group.epoch(),
        facts.pods().size(),
        (int) facts.readyPods(),
        ChildNames.of(facts.workload()).podSelectorText(),
        assessment.addresses());
  }

  private Told told() {
    return switch (assessment.sight()) {
      case Sight.Clear<DataPlaneStatus> clear ->
          Told.by(clear.lead(), facts.resource().getSpec(), previous);
      case Sight.Blink<DataPlaneStatus> _ -> Told.before(previous);
      case Sight.Blind<DataPlaneStatus> _ -> Told.outOfDate(previous);
    };
  }

  private Map<String, Verdict> verdicts() {
    var verdicts = new LinkedHashMap<String, Verdict>();
    verdicts.put(
        PRIMARY_HEALTHY,
        assessment.answer(PRIMARY_HEALTHY, clear -> ServingVerdicts.primaryHealthy(clear.lead())));
    verdicts.put(
        DEGRADED, assessment.answer(DEGRADED, clear -> ServingVerdicts.degraded(facts, clear)));
    agreed().ifPresent(verdict -> verdicts.put(AGREED, verdict));
    return verdicts;
  }

  private Optional<Verdict> agreed() {
    return facts.workload().agree()
        ? Optional.of(
            assessment.answer(
                AGREED,
                _ -> AgreementVerdicts.agreed(facts).orElseGet(() -> assessment.stands(AGREED))))
        : ServingVerdicts.unfenced(facts);
  }
}
