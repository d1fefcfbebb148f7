package dev.holdfast.api.v1alpha1;

import org.jspecify.annotations.Nullable;

/** Where replicated pods keep their log and snapshots. */
public record Storage(Type type, String size, @Nullable String storageClassName) {

  public enum Type {
    PersistentVolumeClaim,
    EmptyDir
  }
}
