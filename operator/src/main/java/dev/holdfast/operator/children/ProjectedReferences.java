package dev.holdfast.operator.children;

import dev.holdfast.operator.workload.Reference;
import dev.holdfast.operator.workload.Reference.Kind;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.VolumeProjection;
import io.fabric8.kubernetes.api.model.VolumeProjectionBuilder;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * References as one volume: {@code secrets/NAME/KEY} and {@code configmaps/NAME/KEY}, the layout of
 * {@code holdfast run --refs}. Only the keys that are named are in it.
 */
final class ProjectedReferences {

  /** One object, whatever number of fields name it. */
  private record Source(Kind kind, String name) {}

  private static final Comparator<Source> ORDER =
      Comparator.comparing(Source::kind).thenComparing(Source::name);

  private ProjectedReferences() {}

  static List<VolumeProjection> sources(List<Reference> references) {
    var keys = new TreeMap<Source, TreeSet<String>>(ORDER);
    for (var reference : references) {
      keys.computeIfAbsent(
              new Source(reference.kind(), reference.name()), source -> new TreeSet<>())
          .add(Objects.requireNonNull(reference.key()));
    }
    return keys.entrySet().stream()
        .map(entry -> projection(entry.getKey(), entry.getValue()))
        .toList();
  }

  private static VolumeProjection projection(Source source, SortedSet<String> keys) {
    var builder = new VolumeProjectionBuilder();
    return switch (source.kind()) {
      case Secret ->
          builder
              .withNewSecret()
              .withName(source.name())
              .withItems(items("secrets", source, keys))
              .endSecret()
              .build();
      case ConfigMap ->
          builder
              .withNewConfigMap()
              .withName(source.name())
              .withItems(items("configmaps", source, keys))
              .endConfigMap()
              .build();
    };
  }

  private static List<KeyToPath> items(String directory, Source source, SortedSet<String> keys) {
    return keys.stream()
        .map(key -> new KeyToPath(key, null, "%s/%s/%s".formatted(directory, source.name(), key)))
        .toList();
  }
}
