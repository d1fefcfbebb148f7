package dev.holdfast.operator.children;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.holdfast.api.v1alpha1.PodOverlay;
import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.AffinityBuilder;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraintBuilder;
import java.util.List;

/** On which nodes the pods go: apart where possible, unless the resource says otherwise. */
final class Placement {

  private static final String HOST = "kubernetes.io/hostname";
  private static final String ZONE = "topology.kubernetes.io/zone";
  private static final ObjectMapper JSON = new ObjectMapper();

  private Placement() {}

  static Affinity affinity(PodOverlay template, ChildNames names) {
    return template.affinity() != null
        ? as(template.affinity(), Affinity.class)
        : new AffinityBuilder()
            .withNewPodAntiAffinity()
            .addNewPreferredDuringSchedulingIgnoredDuringExecution()
            .withWeight(100)
            .withNewPodAffinityTerm()
            .withTopologyKey(HOST)
            .withNewLabelSelector()
            .withMatchLabels(names.podSelector())
            .endLabelSelector()
            .endPodAffinityTerm()
            .endPreferredDuringSchedulingIgnoredDuringExecution()
            .endPodAntiAffinity()
            .build();
  }

  static List<TopologySpreadConstraint> spread(PodOverlay template, ChildNames names) {
    return template.topologySpreadConstraints().isEmpty()
        ? List.of(across(HOST, names), across(ZONE, names))
        : template.topologySpreadConstraints().stream()
            .map(constraint -> as(constraint, TopologySpreadConstraint.class))
            .toList();
  }

  static List<Toleration> tolerations(PodOverlay template) {
    return template.tolerations().stream().map(t -> as(t, Toleration.class)).toList();
  }

  /** Hands on what Kubernetes defines itself. */
  static <T> T as(JsonNode written, Class<T> type) {
    return JSON.convertValue(written, type);
  }

  private static TopologySpreadConstraint across(String topologyKey, ChildNames names) {
    return new TopologySpreadConstraintBuilder()
        .withMaxSkew(1)
        .withTopologyKey(topologyKey)
        .withWhenUnsatisfiable("ScheduleAnyway")
        .withNewLabelSelector()
        .withMatchLabels(names.podSelector())
        .endLabelSelector()
        .build();
  }
}
