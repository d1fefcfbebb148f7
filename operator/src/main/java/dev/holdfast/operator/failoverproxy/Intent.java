package dev.holdfast.operator.failoverproxy;

import dev.holdfast.api.v1alpha1.FailoverProxy;
import java.util.List;

/**
 * What the operator may do for a resource.
 *
 * @param notSupported paths of fields that are set and not built yet
 */
record Intent(boolean paused, List<String> notSupported) {

  private static final String PAUSED = "holdfast.dev/paused";

  static Intent of(FailoverProxy proxy) {
    var annotations = proxy.getMetadata().getAnnotations();
    var paused =
        proxy.getSpec().paused()
            || (annotations != null && Boolean.parseBoolean(annotations.get(PAUSED)));
    return new Intent(paused, List.of());
  }

  boolean mayApply() {
    return !paused && notSupported.isEmpty();
  }
}
