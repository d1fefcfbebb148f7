package dev.holdfast.operator.status;

import dev.holdfast.api.dataplane.DataPlaneReport;
import dev.holdfast.api.support.Unsupported;
import dev.holdfast.operator.children.PodSet;
import dev.holdfast.operator.dataplane.PodView;
import dev.holdfast.operator.workload.Workload;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * All that a resource's status is made from.
 *
 * @param <W> what its pods say
 * @param resource as it is stored, with the status that was written last
 * @param workload the same, as it is run
 * @param notSupported what is set and not built yet
 * @param obstacles what could not be applied
 * @param pods in the order of their numbers
 * @param set null before it is made
 * @param service the client Service; null before it is made
 */
public record Facts<P extends HasMetadata, W extends DataPlaneReport>(
    P resource,
    Workload workload,
    Instant now,
    boolean paused,
    List<Unsupported> notSupported,
    List<Obstacle> obstacles,
    List<PodFact<W>> pods,
    @Nullable PodSet set,
    @Nullable Service service) {

  long readyPods() {
    return pods.stream().filter(PodFact::ready).count();
  }

  /** Of the pods that answer and are to stay, ready or not, in the order of their numbers. */
  List<W> words() {
    return pods.stream()
        .filter(pod -> !pod.leaving() && pod.ordinal() < wantedPods())
        .map(PodFact::view)
        .filter(Objects::nonNull)
        .filter(PodView::isLive)
        .map(PodView::status)
        .filter(Objects::nonNull)
        .toList();
  }

  /** Whether all pods are to end before new ones are made. */
  boolean between() {
    return set != null && set.wanted() == 0 && wantedPods() > 0;
  }

  /** Whether the last pod has gone, and its disk with it. */
  boolean ended() {
    return set != null && set.ended() && pods.isEmpty();
  }

  /** Whether the pods that there are were made to decide together, whatever is wanted by now. */
  boolean agree() {
    return set == null ? workload.agree() : set.agree();
  }

  int wantedPods() {
    return workload.spec().replicas();
  }

  long generation() {
    return resource.getMetadata().getGeneration();
  }
}
