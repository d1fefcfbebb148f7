package dev.holdfast.operator.workload;

import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a resource's status says that is alike in every kind; empty before it is written.
 *
 * @param leader the pod that leads those that decide together
 * @param clusterId the group of pods that keeps the decisions
 * @param epoch the highest that was given out
 */
public record RecordedStatus(
    List<Condition> conditions,
    @Nullable String leader,
    @Nullable String clusterId,
    @Nullable Long epoch) {

  static final RecordedStatus NONE = new RecordedStatus(List.of(), null, null, null);
}
