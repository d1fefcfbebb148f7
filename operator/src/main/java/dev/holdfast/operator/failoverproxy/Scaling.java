package dev.holdfast.operator.failoverproxy;

import dev.holdfast.api.dataplane.DataPlaneStatus;
import dev.holdfast.api.dataplane.DataPlaneStatus.Agreement.State;
import dev.holdfast.api.v1alpha1.FailoverProxy;
import dev.holdfast.operator.dataplane.PodView;
import dev.holdfast.operator.status.PodFact;
import java.util.List;
import java.util.Objects;

/**
 * How many pods there shall be. The pods' configuration says at once how many are wanted, and they
 * take the others out of their group; only then the others go. A pod that went before would still
 * count for the majority.
 */
final class Scaling {

  private Scaling() {}

  /**
   * @param proxy with the status of this moment
   * @param present pods that the StatefulSet has now
   */
  static int pods(FailoverProxy proxy, int present, List<PodFact> pods) {
    var wanted = proxy.getSpec().replicas();
    var status = proxy.getStatus();
    if (wanted >= present || status == null || status.clusterId() == null) {
      return wanted;
    }
    var words = words(pods, proxy.getMetadata().getGeneration());
    return words.isEmpty()
        ? present
        : Math.clamp(
            words.stream().mapToInt(Scaling::highestMember).max().orElse(0) + 1L, wanted, present);
  }

  /** Of pods that know what is wanted, and what their group has made of it. */
  private static List<DataPlaneStatus> words(List<PodFact> pods, long generation) {
    return pods.stream()
        .map(PodFact::view)
        .filter(Objects::nonNull)
        .filter(PodView::isLive)
        .map(PodView::status)
        .filter(Objects::nonNull)
        .filter(word -> word.generation() >= generation)
        .filter(word -> word.agreement() == null || word.agreement().state() == State.Agreed)
        .toList();
  }

  /** Number of the last pod that counts; -1 for a pod that decides alone. */
  private static int highestMember(DataPlaneStatus word) {
    var agreement = word.agreement();
    return agreement == null
        ? -1
        : agreement.members().stream().mapToInt(PodFact::ordinal).max().orElse(-1);
  }
}
