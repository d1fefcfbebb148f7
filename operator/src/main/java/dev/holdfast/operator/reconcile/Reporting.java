package dev.holdfast.operator.reconcile;

import dev.holdfast.api.dataplane.DataPlaneReport;
import dev.holdfast.operator.events.Notice;
import dev.holdfast.operator.status.Facts;
import dev.holdfast.operator.workload.WorkloadKind;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is not alike in kinds of resources that pods run.
 *
 * @param <S> their status
 * @param <W> what their pods say
 */
public interface Reporting<P extends HasMetadata, S, W extends DataPlaneReport> {

  WorkloadKind<P> kind();

  /** What is stored. */
  @Nullable S statusOf(P resource);

  /** What is to be stored. */
  S status(Facts<P, W> facts);

  /** The same resource with another status. */
  P with(P resource, S status);

  /** A resource that has nothing but a status. */
  P patch(S status);

  List<Notice> notices(@Nullable S before, S after);

  /** Does what people have asked for by annotation. Must not block. */
  void carryOutWishes(P resource, Secret certificates);

  /** Until figures that change without news are written again; empty where there are none. */
  Optional<Duration> figuresAge();
}
