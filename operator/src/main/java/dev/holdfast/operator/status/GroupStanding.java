package dev.holdfast.operator.status;

import dev.holdfast.api.dataplane.DataPlaneReport;
import dev.holdfast.api.dataplane.DataPlaneStatus.Agreement.State;
import dev.holdfast.operator.resource.Annotations;
import dev.holdfast.operator.workload.RecordedStatus;
import dev.holdfast.operator.workload.Workload;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the status says of the group that keeps the decisions. Id and epoch outlive all pods: they
 * tell a group that lost its data from one that never was.
 *
 * @param leader a pod's name; null while none is known
 */
record GroupStanding(@Nullable String leader, @Nullable String clusterId, @Nullable Long epoch) {

  /** As it was written last. */
  static GroupStanding recorded(Workload workload) {
    var kept = workload.recorded();
    return new GroupStanding(kept.leader(), kept.clusterId(), kept.epoch());
  }

  static GroupStanding of(Facts<?, ?> facts) {
    var words = facts.words();
    var kept = facts.workload().recorded();
    return words.stream()
        .map(DataPlaneReport::agreement)
        .filter(agreement -> agreement != null && agreement.state() == State.Agreed)
        .findFirst()
        .map(agreement ->
            new GroupStanding(
                agreement.leader(),
                agreement.group() == null ? kept.clusterId() : agreement.group(),
                Math.max(agreement.epoch(), kept.epoch() == null ? 0 : kept.epoch())))
        .orElseGet(() ->
            new GroupStanding(
                null, isDissolved(facts, words, kept) ? null : kept.clusterId(), kept.epoch()));
  }

  /**
   * Its disks are gone, because there shall be other pods; but one that was given up for lost is
   * remembered until the next one is there. Or pods decide alone, and shall.
   */
  private static boolean isDissolved(
      Facts<?, ?> facts, List<? extends DataPlaneReport> words, RecordedStatus kept) {
    if (facts.ended()) {
      return !Annotations.value(facts.resource(), Annotations.REBOOTSTRAP)
          .equals(Optional.ofNullable(kept.clusterId()));
    }
    return !facts.workload().agree()
        && !words.isEmpty()
        && words.stream()
            .allMatch(word -> word.agreement() == null && word.generation() >= facts.generation());
  }
}
