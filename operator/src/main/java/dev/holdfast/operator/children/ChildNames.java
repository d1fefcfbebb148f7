package dev.holdfast.operator.children;

import dev.holdfast.operator.workload.Workload;
import dev.holdfast.operator.workload.WorkloadKind;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What the objects of one resource are called, and how they are labelled. */
public record ChildNames(String namespace, String name, WorkloadKind<?> kind) {

  public static final String INSTANCE_LABEL = "app.kubernetes.io/instance";

  static final String COMPONENT_LABEL = "app.kubernetes.io/component";

  public static ChildNames of(Workload workload) {
    var metadata = workload.resource().getMetadata();
    return new ChildNames(metadata.getNamespace(), metadata.getName(), workload.kind());
  }

  /** Selects everything the operator made for resources of a kind. */
  public static String managed(WorkloadKind<?> kind) {
    return "app.kubernetes.io/managed-by=holdfast-operator,%s=%s"
        .formatted(COMPONENT_LABEL, kind.component());
  }

  /** Selects all data-plane pods of a kind. */
  public static String managedPods(WorkloadKind<?> kind) {
    return managed(kind) + ",app.kubernetes.io/name=holdfast-dataplane";
  }

  /** The Service that clients connect to. */
  public String clientService() {
    return name;
  }

  /** StatefulSet, ConfigMap, Secret, PodDisruptionBudget, ServiceAccount and NetworkPolicy. */
  public String shared() {
    return name + "-" + kind.shortName();
  }

  /** The Service that gives each pod a name. */
  public String podsService() {
    return shared() + "-pods";
  }

  /** What finds the pods; can never change for a StatefulSet that exists. */
  public Map<String, String> podSelector() {
    return new TreeMap<>(
        Map.of(
            "app.kubernetes.io/name",
            "holdfast-dataplane",
            INSTANCE_LABEL,
            name,
            COMPONENT_LABEL,
            kind.component()));
  }

  /** The same as text, for the scale subresource. */
  public String podSelectorText() {
    return podSelector().entrySet().stream()
        .map(label -> label.getKey() + "=" + label.getValue())
        .collect(Collectors.joining(","));
  }

  public Map<String, String> labels() {
    var labels = podSelector();
    labels.put("app.kubernetes.io/part-of", "holdfast");
    labels.put("app.kubernetes.io/managed-by", "holdfast-operator");
    return labels;
  }

  /** Metadata of a child: named, labelled, and deleted together with its resource. */
  static ObjectMeta metadata(Workload workload, String childName) {
    var owner = workload.resource();
    return new ObjectMetaBuilder()
        .withNamespace(owner.getMetadata().getNamespace())
        .withName(childName)
        .withLabels(of(workload).labels())
        .withOwnerReferences(
            new OwnerReferenceBuilder()
                .withApiVersion(owner.getApiVersion())
                .withKind(owner.getKind())
                .withName(owner.getMetadata().getName())
                .withUid(owner.getMetadata().getUid())
                .withController(true)
                .withBlockOwnerDeletion(true)
                .build())
        .build();
  }
}
