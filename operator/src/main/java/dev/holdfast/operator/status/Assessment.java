package dev.holdfast.operator.status;

import static dev.holdfast.operator.status.Conditions.DATA_LOST;
import static dev.holdfast.operator.status.Conditions.DATA_PLANE_AVAILABLE;
import static dev.holdfast.operator.status.Conditions.READY;
import static dev.holdfast.operator.status.Conditions.RECONCILIATION_PAUSED;

import dev.holdfast.api.dataplane.DataPlaneReport;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What a status is built on, whichever kind of resource it is of.
 *
 * @param available DataPlaneAvailable
 * @param addresses where clients reach the resource
 */
record Assessment<P extends HasMetadata, W extends DataPlaneReport>(
    Facts<P, W> facts, Sight<W> sight, Verdict available, List<String> addresses) {

  private static final Verdict STARTING =
      Verdict.unknown("Starting", "waiting for the first word of a pod");

  static <P extends HasMetadata, W extends DataPlaneReport> Assessment<P, W> of(
      Facts<P, W> facts, int mostAddresses) {
    return new Assessment<>(
        facts,
        Sight.of(facts.pods(), facts.now()),
        DataPlaneVerdict.of(facts),
        Addresses.of(facts.service(), facts.pods(), mostAddresses));
  }

  /**
   * @param serving the answer of pods that are ready, and reached
   * @param more verdicts of the kind, in their order
   */
  List<Condition> conditions(Function<W, Verdict> serving, Map<String, Verdict> more) {
    var verdicts = new LinkedHashMap<String, Verdict>();
    verdicts.put(READY, ReadyVerdict.of(this, stands(READY), serving));
    verdicts.putAll(more);
    verdicts.put(DATA_PLANE_AVAILABLE, available);
    AgreementVerdicts.dataLost(facts).ifPresent(verdict -> verdicts.put(DATA_LOST, verdict));
    if (facts.paused()) {
      verdicts.put(
          RECONCILIATION_PAUSED,
          Verdict.yes("Paused", "changes are not applied until the pause ends"));
    }
    return Conditions.of(
        verdicts, facts.workload().recorded().conditions(), facts.generation(), facts.now());
  }

  /** The answer to a question that only pods can answer. */
  Verdict answer(String type, Function<Sight.Clear<W>, Verdict> ofPods) {
    return switch (sight) {
      case Sight.Clear<W> clear -> ofPods.apply(clear);
      case Sight.Blink<W> _ -> stands(type);
      case Sight.Blind<W> blind -> Unanswered.verdict(facts, blind);
    };
  }

  /** What the condition says now. */
  Verdict stands(String type) {
    return Conditions.find(facts.workload().recorded().conditions(), type)
        .map(Assessment::verdict)
        .orElse(STARTING);
  }

  GroupStanding group() {
    return sight instanceof Sight.Blink<W>
        ? GroupStanding.recorded(facts.workload())
        : GroupStanding.of(facts);
  }

  private static Verdict verdict(Condition condition) {
    return new Verdict(
        Verdict.Answer.valueOf(condition.getStatus()),
        condition.getReason(),
        condition.getMessage());
  }
}
