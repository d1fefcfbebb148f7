package dev.holdfast.operator.failoverproxy;

import dev.holdfast.api.support.Unsupported;
import dev.holdfast.api.support.UnsupportedFields;
import dev.holdfast.api.v1alpha1.FailoverProxy;
import dev.holdfast.operator.resource.Annotations;
import java.util.List;

/**
 * What the operator may do for a resource.
 *
 * @param notSupported what is set and not built yet: nothing of such a resource is applied
 */
record Intent(boolean paused, List<Unsupported> notSupported) {

  static Intent of(FailoverProxy proxy) {
    var paused = proxy.getSpec().paused() || Annotations.isPaused(proxy);
    return new Intent(paused, UnsupportedFields.inCluster(proxy.getSpec()));
  }

  boolean mayApply() {
    return !paused && notSupported.isEmpty();
  }
}
