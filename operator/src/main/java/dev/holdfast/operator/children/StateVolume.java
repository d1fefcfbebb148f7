package dev.holdfast.operator.children;

import dev.holdfast.api.v1alpha1.Storage;
import dev.holdfast.operator.workload.Workload;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSetPersistentVolumeClaimRetentionPolicy;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where a pod keeps what must outlive its process: what it decided, or its table. */
final class StateVolume {

  static final String NAME = "state";

  private StateVolume() {}

  /** Empty when it comes from a claim. */
  static Optional<Volume> ofPod(Storage storage) {
    return switch (storage.type()) {
      case PersistentVolumeClaim -> Optional.empty();
      case EmptyDir ->
          Optional.of(
              new VolumeBuilder()
                  .withName(NAME)
                  .withNewEmptyDir()
                  .withSizeLimit(new Quantity(storage.size()))
                  .endEmptyDir()
                  .build());
    };
  }

  /** One for each pod; empty when none is wanted. */
  static List<PersistentVolumeClaim> claims(Workload workload) {
    var storage = workload.storage();
    return switch (storage.type()) {
      case EmptyDir -> List.of();
      case PersistentVolumeClaim ->
          List.of(
              new PersistentVolumeClaimBuilder()
                  .withNewMetadata()
                  .withName(NAME)
                  .withLabels(ChildNames.of(workload).podSelector())
                  .endMetadata()
                  .withNewSpec()
                  .withAccessModes("ReadWriteOnce")
                  .withVolumeMode("Filesystem")
                  .withStorageClassName(storage.storageClassName())
                  .withNewResources()
                  .addToRequests("storage", new Quantity(storage.size()))
                  .endResources()
                  .endSpec()
                  .build());
    };
  }

  /**
   * Claims go with their pods for good: what is in them is of use to nobody else, and a resource of
   * the same name that comes later must not take it up.
   */
  static @Nullable StatefulSetPersistentVolumeClaimRetentionPolicy retention(Workload workload) {
    return claims(workload).isEmpty()
        ? null
        : new StatefulSetPersistentVolumeClaimRetentionPolicy("Delete", "Delete");
  }
}
