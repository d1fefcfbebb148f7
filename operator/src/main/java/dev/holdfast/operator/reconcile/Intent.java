package dev.holdfast.operator.reconcile;

import dev.holdfast.api.support.Unsupported;
import dev.holdfast.operator.resource.Annotations;
import dev.holdfast.operator.workload.Workload;
import java.util.List;

/**
 * What the operator may do for a resource.
 *
 * @param notSupported what is set and not built yet: nothing of such a resource is applied
 */
record Intent(boolean paused, List<Unsupported> notSupported) {

  static Intent of(Workload workload) {
    var paused = workload.spec().paused() || Annotations.isPaused(workload.resource());
    return new Intent(paused, workload.notSupported());
  }

  boolean mayApply() {
    return !paused && notSupported.isEmpty();
  }
}
