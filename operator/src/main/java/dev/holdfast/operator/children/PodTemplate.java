package dev.holdfast.operator.children;

import dev.holdfast.api.GatewayDuration;
import dev.holdfast.operator.workload.Workload;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSecurityContextBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import java.time.Duration;
import java.util.TreeMap;

/**
 * The pod of a data plane, with the resource's {@code template} laid over it. Nothing in it depends
 * on what a running pod can take up by itself, such as ports, backends or certificates: a change of
 * those must not restart it.
 */
final class PodTemplate {

  private static final long USER = 65532;

  /** From the end of the drain to the kill. */
  private static final Duration AFTER_DRAIN = Duration.ofSeconds(15);

  private PodTemplate() {}

  static PodTemplateSpec of(Workload workload, String image) {
    return new PodTemplateSpecBuilder()
        .withMetadata(metadata(workload))
        .withSpec(spec(workload, image))
        .build();
  }

  private static ObjectMeta metadata(Workload workload) {
    var template = workload.spec().template();
    var labels = new TreeMap<>(template.labels());
    labels.putAll(ChildNames.of(workload).labels());
    return new ObjectMetaBuilder()
        .withLabels(labels)
        .withAnnotations(template.annotations())
        .build();
  }

  private static PodSpec spec(Workload workload, String image) {
    var names = ChildNames.of(workload);
    var template = workload.spec().template();
    var spec =
        new PodSpecBuilder()
            .withServiceAccountName(names.shared())
            .withAutomountServiceAccountToken(false)
            .withEnableServiceLinks(false)
            .withSecurityContext(securityContext(template.hostNetwork()))
            .withTerminationGracePeriodSeconds(gracePeriodSeconds(workload))
            .withContainers(DataPlaneContainer.of(workload, image))
            .withVolumes(PodVolumes.volumes(workload))
            .withAffinity(Placement.affinity(template, names))
            .withTopologySpreadConstraints(Placement.spread(template, names))
            .withTolerations(Placement.tolerations(template))
            .withNodeSelector(template.nodeSelector())
            .withPriorityClassName(template.priorityClassName());
    if (template.hostNetwork()) {
      spec.withHostNetwork(true).withDnsPolicy("ClusterFirstWithHostNet");
    }
    return spec.build();
  }

  private static long gracePeriodSeconds(Workload workload) {
    var wanted = workload.spec().template().terminationGracePeriodSeconds();
    if (wanted != null) {
      return wanted;
    }
    var drain = GatewayDuration.parse(workload.spec().shutdown().drainTimeout());
    // In whole minutes: it is only a bound, and a small change of the drain restarts no pod.
    return Duration.ofMinutes(drain.plus(AFTER_DRAIN).toMinutes() + 1).toSeconds();
  }

  private static PodSecurityContext securityContext(boolean hostNetwork) {
    var context =
        new PodSecurityContextBuilder()
            .withRunAsNonRoot(true)
            .withRunAsUser(USER)
            .withRunAsGroup(USER)
            .withFsGroup(USER)
            .withNewSeccompProfile()
            .withType("RuntimeDefault")
            .endSeccompProfile();
    if (!hostNetwork) {
      // Ports below 1024 without a capability; the node's own setting is not ours to change.
      context
          .addNewSysctl()
          .withName("net.ipv4.ip_unprivileged_port_start")
          .withValue("0")
          .endSysctl();
    }
    return context.build();
  }
}
