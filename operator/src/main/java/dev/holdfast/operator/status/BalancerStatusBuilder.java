package dev.holdfast.operator.status;

import static dev.holdfast.operator.status.Conditions.DEGRADED;
import static dev.holdfast.operator.status.Conditions.QUORUM_HEALTHY;
import static dev.holdfast.operator.status.Conditions.TABLE_REPLICATED;

import dev.holdfast.api.dataplane.StickyBalancerReport;
import dev.holdfast.api.v1alpha1.StickyBalancer;
import dev.holdfast.api.v1alpha1.StickyBalancerStatus;
import dev.holdfast.operator.children.ChildNames;
import java.util.LinkedHashMap;
import java.util.Map;

/** Makes a StickyBalancer's status from what was observed. */
public final class BalancerStatusBuilder {

  // The schema's bound.
  private static final int MAX_ADDRESSES = 64;

  private final Facts<StickyBalancer, StickyBalancerReport> facts;
  private final Assessment<StickyBalancer, StickyBalancerReport> assessment;

  private BalancerStatusBuilder(Facts<StickyBalancer, StickyBalancerReport> facts) {
    this.facts = facts;
    this.assessment = Assessment.of(facts, MAX_ADDRESSES);
  }

  public static StickyBalancerStatus build(Facts<StickyBalancer, StickyBalancerReport> facts) {
    return new BalancerStatusBuilder(facts).build();
  }

  private StickyBalancerStatus build() {
    var told = told();
    var group = assessment.group();
    return new StickyBalancerStatus(
        facts.generation(),
        assessment.conditions(
            lead -> BalancerVerdicts.ready(facts, lead, assessment.addresses()), verdicts()),
        told.groups(),
        told.entries(),
        group.leader(),
        group.clusterId(),
        told.activeGroups(),
        facts.pods().size(),
        (int) facts.readyPods(),
        ChildNames.of(facts.workload()).podSelectorText(),
        assessment.addresses());
  }

  private ToldGroups told() {
    var previous = facts.resource().getStatus();
    return switch (assessment.sight()) {
      case Sight.Clear<StickyBalancerReport> clear -> ToldGroups.by(clear, facts.agree(), previous);
      case Sight.Blink<StickyBalancerReport> _ -> ToldGroups.before(previous);
      case Sight.Blind<StickyBalancerReport> _ -> ToldGroups.outOfDate(previous);
    };
  }

  private Map<String, Verdict> verdicts() {
    var verdicts = new LinkedHashMap<String, Verdict>();
    verdicts.put(
        QUORUM_HEALTHY,
        assessment.answer(
            QUORUM_HEALTHY,
            _ ->
                BalancerVerdicts.quorumHealthy(facts)
                    .orElseGet(() -> assessment.stands(QUORUM_HEALTHY))));
    verdicts.put(
        TABLE_REPLICATED,
        assessment.answer(
            TABLE_REPLICATED,
            _ ->
                BalancerVerdicts.tableReplicated(facts)
                    .orElseGet(() -> assessment.stands(TABLE_REPLICATED))));
    verdicts.put(
        DEGRADED, assessment.answer(DEGRADED, clear -> BalancerVerdicts.degraded(facts, clear)));
    return verdicts;
  }
}
