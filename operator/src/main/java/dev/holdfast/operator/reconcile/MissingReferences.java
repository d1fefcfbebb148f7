package dev.holdfast.operator.reconcile;

import dev.holdfast.operator.status.Obstacle;
import dev.holdfast.operator.workload.Reference;
import dev.holdfast.operator.workload.References;
import dev.holdfast.operator.workload.Workload;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Looks for the Secrets and ConfigMaps that a resource names. They are asked for one by one: a
 * watch would hold every Secret of the cluster in memory.
 */
public final class MissingReferences {

  private final KubernetesClient client;

  public MissingReferences(KubernetesClient client) {
    this.client = client;
  }

  /** What is not there; a pod could not start without it. */
  List<Obstacle> of(Workload workload) {
    var namespace = workload.resource().getMetadata().getNamespace();
    var seen = new HashMap<String, Optional<Set<String>>>();
    return References.of(workload).stream()
        .flatMap(reference -> {
          var keys =
              seen.computeIfAbsent(
                  reference.kind() + "/" + reference.name(), any -> keys(namespace, reference));
          return obstacle(reference, keys.orElse(null)).stream();
        })
        .toList();
  }

  static Optional<Obstacle> obstacle(Reference reference, @Nullable Set<String> keys) {
    var named = "%s names".formatted(reference.field());
    var key = reference.key();
    if (keys == null) {
      return Optional.of(
          new Obstacle(
              key == null ? Obstacle.Kind.ScriptsMissing : Obstacle.Kind.ReferenceMissing,
              "%s %s, which does not exist: create it"
                  .formatted(named, reference.kind() + " " + reference.name())));
    }
    return key == null || keys.contains(key)
        ? Optional.empty()
        : Optional.of(
            new Obstacle(
                Obstacle.Kind.ReferenceMissing,
                "%s key %s of %s %s, which has no such key: add it"
                    .formatted(named, key, reference.kind(), reference.name())));
  }

  /** Empty when there is no such object. Values are not looked at. */
  private Optional<Set<String>> keys(String namespace, Reference reference) {
    return switch (reference.kind()) {
      case Secret ->
          Optional.ofNullable(
                  client.secrets().inNamespace(namespace).withName(reference.name()).get())
              .map(secret -> keys(secret.getData()));
      case ConfigMap ->
          Optional.ofNullable(
                  client.configMaps().inNamespace(namespace).withName(reference.name()).get())
              .map(map -> union(keys(map.getData()), keys(map.getBinaryData())));
    };
  }

  private static Set<String> keys(@Nullable Map<String, String> data) {
    return data == null ? Set.of() : data.keySet();
  }

  private static Set<String> union(Set<String> left, Set<String> right) {
    return Stream.concat(left.stream(), right.stream()).collect(Collectors.toUnmodifiableSet());
  }
}
