package dev.holdfast.operator.children;

import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.Objects;

/**
 * The pods' StatefulSet, as it stands.
 *
 * @param wanted pods that there are to be by what was applied last
 * @param agree whether they are made to decide together
 * @param ended whether the last of its pods has gone, none being wanted
 */
public record PodSet(int wanted, boolean agree, boolean ended) {

  static PodSet of(StatefulSet set) {
    var wanted = Objects.requireNonNullElse(set.getSpec().getReplicas(), 1);
    return new PodSet(wanted, agree(set), wanted == 0 && hasNoPods(set));
  }

  private static boolean agree(StatefulSet set) {
    return set.getSpec().getTemplate().getSpec().getContainers().stream()
        .flatMap(container -> container.getPorts().stream())
        .map(ContainerPort::getName)
        .anyMatch(Ports.PEERS_NAME::equals);
  }

  /** As its controller says, which must have seen what is wanted. */
  private static boolean hasNoPods(StatefulSet set) {
    var status = set.getStatus();
    return status != null
        && Objects.requireNonNullElse(status.getObservedGeneration(), 0L)
            >= set.getMetadata().getGeneration()
        && Objects.requireNonNullElse(status.getReplicas(), 0) == 0;
  }
}
