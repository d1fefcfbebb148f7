package dev.holdfast.operator.failoverproxy;

import dev.holdfast.api.v1alpha1.FailoverProxy;
import dev.holdfast.operator.dataplane.SwitchRequest;
import dev.holdfast.operator.resource.Annotations;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Optional;

/** {@code holdfast.dev/switch-to} and {@code holdfast.dev/switch-force}: read, and taken off. */
final class SwitchAnnotations {

  private static final String TO = "holdfast.dev/switch-to";
  private static final String FORCE = "holdfast.dev/switch-force";

  /** In the order in which they are taken off. */
  static final List<String> ALL = List.of(TO, FORCE);

  private final KubernetesClient client;

  SwitchAnnotations(KubernetesClient client) {
    this.client = client;
  }

  static Optional<SwitchRequest> of(FailoverProxy proxy) {
    return Annotations.value(proxy, TO)
        .map(to ->
            new SwitchRequest(
                to, Annotations.value(proxy, FORCE).map(Boolean::parseBoolean).orElse(false)));
  }

  /** Unless somebody has written another wish meanwhile. */
  void remove(FailoverProxy proxy) {
    Annotations.remove(client, proxy, ALL);
  }
}
