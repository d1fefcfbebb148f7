package dev.holdfast.operator.children;

import dev.holdfast.api.v1alpha1.DataPlaneSpec;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.Pod;

/** Ports of a data-plane pod, apart from those for clients. */
public final class Ports {

  /** Name of the admin port: status, configuration, metrics; TLS. */
  public static final String ADMIN_NAME = "admin";

  private static final int ADMIN = 2340;

  /** {@code /healthz} and {@code /readyz}, a status code each. */
  public static final int PROBE = 8081;

  /** On which pods that decide together listen for each other; mutual TLS. */
  static final int PEERS = 7947;

  static final String PEERS_NAME = "peers";

  private Ports() {}

  static int admin(DataPlaneSpec spec) {
    return spec.admin() == null ? ADMIN : spec.admin().port();
  }

  /** Where a pod that runs listens, whatever its resource says by now. */
  public static int admin(Pod pod) {
    return pod.getSpec().getContainers().stream()
        .flatMap(container -> container.getPorts().stream())
        .filter(port -> ADMIN_NAME.equals(port.getName()))
        .map(ContainerPort::getContainerPort)
        .findFirst()
        .orElse(ADMIN);
  }
}
