package dev.holdfast.cli.run;

import dev.holdfast.manifest.Manifest;
import java.util.List;
import java.util.stream.Stream;

/** Fields that only mean something to the operator. */
final class ClusterFields {
  private static final List<String> FIELDS =
      List.of(
          "spec.replicas",
          "spec.replication",
          "spec.service",
          "spec.template",
          "spec.scripts",
          "spec.storage",
          "spec.deletionPolicy");

  private ClusterFields() {}

  /** What to tell of fields that were written but do nothing here; empty for a pod's manifest. */
  static Stream<String> ignoredIn(Manifest manifest) {
    return manifest.uid() != null
        ? Stream.of()
        : FIELDS.stream()
            .filter(field -> manifest.lines().byPath().containsKey(field))
            .map(field ->
                manifest
                    .problem(field, "only means something in a cluster and is ignored here")
                    .toString());
  }
}
