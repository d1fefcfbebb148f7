package dev.holdfast.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.ValidationRule;

/** Whether replicas agree on the primary before one of them admits a client. */
@ValidationRule(
    value = "duration(self.leaseDuration) >= duration('500ms')",
    fieldPath = ".leaseDuration",
    message = "agreement.leaseDuration must be at least 500ms")
public record Agreement(
    @JsonPropertyDescription(
            "None: every replica chooses by itself. Raft: a majority of 3, 5 or 7 replicas commits"
                + " the primary. Auto: Raft in mode Primary with 3 or more replicas, otherwise"
                + " None.")
        @Default("Auto")
        Mode mode,
    @JsonPropertyDescription(
            "How long a replica may admit clients after its last contact with the leader. At least"
                + " 500ms. Used with Raft.")
        @Default("3s")
        @DurationText
        String leaseDuration) {

  public enum Mode {
    None,
    Raft,
    Auto
  }
}
