package dev.holdfast.operator;

import dev.holdfast.api.v1alpha1.StickyBalancer;
import dev.holdfast.api.v1alpha1.StickyBalancerStatus;
import dev.holdfast.manifest.SpecBinder;

/** Resources as the API server would hand them over: with defaults. */
public final class Balancers {

  /** With one pod. */
  public static final String MINIMAL =
      """
      apiVersion: holdfast.dev/v1alpha1
      kind: StickyBalancer
      metadata: {name: game, namespace: play}
      spec:
        listen: {ports: [5280, 5281]}
        replicas: 1
        groups:
          - {id: 1, name: blue, host: blue.game}
          - {id: 2, name: green, host: green.game}
      """;

  private Balancers() {}

  public static StickyBalancer minimal() {
    return read(MINIMAL);
  }

  public static StickyBalancer replicated(int replicas) {
    return read(MINIMAL.replace("replicas: 1", "replicas: " + replicas));
  }

  /** Each of several pods has a table of its own. */
  public static StickyBalancer local(int replicas) {
    return read(
        MINIMAL.replace("replicas: 1", "replicas: " + replicas)
            + "  replication: {consistency: Local}\n");
  }

  public static StickyBalancer read(String yaml) {
    var manifest = Workloads.manifest(yaml);
    var balancer = new StickyBalancer();
    balancer.setMetadata(Workloads.metadata(manifest));
    balancer.setSpec(SpecBinder.stickyBalancer(manifest));
    return balancer;
  }

  public static StickyBalancer with(StickyBalancer balancer, StickyBalancerStatus status) {
    var copy = new StickyBalancer();
    copy.setMetadata(balancer.getMetadata());
    copy.setSpec(balancer.getSpec());
    copy.setStatus(status);
    return copy;
  }
}
