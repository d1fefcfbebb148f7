package dev.holdfast.operator.children;

import dev.holdfast.api.v1alpha1.FailoverProxy;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What the objects of one resource are called, and how they are labelled. */
public record ChildNames(String namespace, String name) {

  /** Selects everything the operator made, of every resource. */
  public static final String MANAGED = "app.kubernetes.io/managed-by=holdfast-operator";

  /** Selects all data-plane pods. */
  public static final String MANAGED_PODS = MANAGED + ",app.kubernetes.io/name=holdfast-dataplane";

  public static final String INSTANCE_LABEL = "app.kubernetes.io/instance";

  public static ChildNames of(FailoverProxy proxy) {
    return new ChildNames(proxy.getMetadata().getNamespace(), proxy.getMetadata().getName());
  }

  /** The Service that clients connect to. */
  public String clientService() {
    return name;
  }

  /** StatefulSet, ConfigMap, Secret, PodDisruptionBudget, ServiceAccount and NetworkPolicy. */
  public String shared() {
    return name + "-fop";
  }

  /** The Service that gives each pod a name. */
  public String podsService() {
    return name + "-fop-pods";
  }

  /** What finds the pods; can never change for a StatefulSet that exists. */
  public Map<String, String> podSelector() {
    return new TreeMap<>(
        Map.of(
            "app.kubernetes.io/name",
            "holdfast-dataplane",
            INSTANCE_LABEL,
            name,
            "app.kubernetes.io/component",
            "failoverproxy"));
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
  static ObjectMeta metadata(FailoverProxy owner, String childName) {
    return new ObjectMetaBuilder()
        .withNamespace(owner.getMetadata().getNamespace())
        .withName(childName)
        .withLabels(of(owner).labels())
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
