package dev.holdfast.operator.reconcile;

import dev.holdfast.api.dataplane.DataPlaneReport;
import dev.holdfast.api.dataplane.DataPlaneStatus.Agreement.State;
import dev.holdfast.operator.children.PodSet;
import dev.holdfast.operator.dataplane.PodView;
import dev.holdfast.operator.resource.Annotations;
import dev.holdfast.operator.status.Conditions;
import dev.holdfast.operator.status.PodFact;
import dev.holdfast.operator.workload.Workload;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How many pods there shall be. The pods' configuration says at once how many are wanted, and they
 * take the others out of their group; only then the others go. A pod that went before would still
 * count for the majority.
 *
 * <p>Pods that decide alone and pods that agree are never there at the same time, nor are members
 * of a group that was given up for lost and those of the next one: between them is an instant
 * without pods. Their disks go with them; what was decided is in the status.
 */
final class Scaling {

  private Scaling() {}

  /**
   * @param workload with the status of this moment
   * @param present null before it is made
   */
  static int pods(Workload workload, @Nullable PodSet present, List<? extends PodFact<?>> pods) {
    var wanted = workload.spec().replicas();
    if (present == null) {
      return wanted;
    }
    if (mustEnd(workload, present, pods)) {
      return 0;
    }
    if (wanted >= present.wanted() || workload.recorded().clusterId() == null) {
      return wanted;
    }
    var words = words(pods, workload.resource().getMetadata().getGeneration());
    return words.isEmpty()
        ? present.wanted()
        : Math.clamp(
            words.stream().mapToInt(Scaling::highestMember).max().orElse(0) + 1L,
            wanted,
            present.wanted());
  }

  private static boolean mustEnd(
      Workload workload, PodSet present, List<? extends PodFact<?>> pods) {
    return present.wanted() == 0
        ? !present.ended() || !pods.isEmpty()
        : present.agree() != workload.agree() || isGivenUp(workload);
  }

  /** The group's data is lost, and a person wants another group. */
  private static boolean isGivenUp(Workload workload) {
    var recorded = workload.recorded();
    return recorded.clusterId() != null
        && Conditions.isTrue(recorded.conditions(), Conditions.DATA_LOST)
        && Annotations.value(workload.resource(), Annotations.REBOOTSTRAP)
            .equals(Optional.of(recorded.clusterId()));
  }

  /** Of pods that know what is wanted, and what their group has made of it. */
  private static List<? extends DataPlaneReport> words(
      List<? extends PodFact<?>> pods, long generation) {
    return pods.stream()
        .map(PodFact::view)
        .filter(Objects::nonNull)
        .filter(PodView::isLive)
        .map(PodView::status)
        .filter(Objects::nonNull)
        .filter(word -> word.generation() >= generation)
        .filter(word -> word.agreement() != null && word.agreement().state() == State.Agreed)
        .toList();
  }

  /** Number of the last pod that counts. */
  private static int highestMember(DataPlaneReport word) {
    return Objects.requireNonNull(word.agreement()).members().stream()
        .mapToInt(PodFact::ordinal)
        .max()
        .orElse(-1);
  }
}
