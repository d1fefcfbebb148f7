package dev.holdfast.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** Where pods keep their state. */
@ValidationRule(value = "self == oldSelf", message = "storage is immutable")
@ValidationRule(
    value = "self.type == 'PersistentVolumeClaim' || !has(self.storageClassName)",
    fieldPath = ".storageClassName",
    message = "storage.storageClassName needs storage.type PersistentVolumeClaim")
public record Storage(
    @JsonPropertyDescription(
            "EmptyDir: outlives the container, gone with the pod; what the resource's status says"
                + " is where a new one goes on. PersistentVolumeClaim: one claim for each pod,"
                + " deleted with the pod's number or the resource.")
        @Default("EmptyDir")
        Type type,
    @JsonPropertyDescription("Size of the volume, as a Kubernetes quantity.")
        @Default("1Gi")
        @Pattern("^[1-9][0-9]{0,14}(Ki|Mi|Gi|Ti|k|M|G|T)?$")
        @Size(min = 1, max = 17)
        String size,
    @JsonPropertyDescription(
            "StorageClass of the claims. Absent: the cluster's default StorageClass.")
        @ObjectName
        @Nullable String storageClassName) {

  public enum Type {
    PersistentVolumeClaim,
    EmptyDir
  }
}
