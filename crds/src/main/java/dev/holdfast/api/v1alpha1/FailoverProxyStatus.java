package dev.holdfast.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.holdfast.api.schema.SchemaPatch;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.model.annotation.LabelSelector;
import io.fabric8.kubernetes.model.annotation.StatusReplicas;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the operator has seen. Times are RFC 3339, durations Gateway API strings. */
@SchemaCustomizer(
    value = SchemaPatch.class,
    input =
        """
        properties:
          backends:
            x-kubernetes-list-type: map
            x-kubernetes-list-map-keys: [name]
            items: {description: What was last seen of one backend.}
          addresses:
            x-kubernetes-list-type: set
            items: {description: 'An address as host:port.'}
        """
            + ConditionSchema.PROPERTY)
public record FailoverProxyStatus(
    @JsonPropertyDescription("Generation of the resource that this status was made from.")
        @Min(0)
        @Max(9007199254740991d)
        @Nullable Long observedGeneration,
    @JsonPropertyDescription(
            "Ready, PrimaryHealthy, DataPlaneAvailable, Agreed (with several replicas), Degraded,"
                + " DataLost and ReconciliationPaused (while it is so).")
        @Size(max = 16)
        List<Condition> conditions,
    @JsonPropertyDescription("The backend that clients are relayed to.")
        @Nullable PrimaryStatus primary,
    @JsonPropertyDescription("Health of every backend, its last change only.") @Size(max = 256)
        List<BackendStatus> backends,
    @JsonPropertyDescription("Healthy backends of all backends, such as 2/3.") @Size(max = 16)
        @Nullable String healthyBackends,
    @JsonPropertyDescription("The last change of the primary.") @Nullable LastFailover lastFailover,
    @JsonPropertyDescription("Pod that leads the agreement; absent without agreement.")
        @Size(max = 253)
        @Nullable String leader,
    @JsonPropertyDescription(
            "Id of the group of pods that keeps the decisions. When all pods come up without its"
                + " data, they wait for the annotation holdfast.dev/rebootstrap with this id.")
        @Size(max = 64)
        @Nullable String clusterId,
    @JsonPropertyDescription("Highest epoch that the group has given out.")
        @Min(0)
        @Max(9007199254740991d)
        @Nullable Long epoch,
    @JsonPropertyDescription("Data-plane pods that exist.") @Min(0) @Max(1000) @StatusReplicas
        int replicas,
    @JsonPropertyDescription("Data-plane pods that are ready.") @Min(0) @Max(1000)
        int readyReplicas,
    @JsonPropertyDescription("Label selector of the data-plane pods, for the scale subresource.")
        @Size(max = 1024)
        @LabelSelector
        @Nullable String selector,
    @JsonPropertyDescription("Where clients reach the proxy.") @Size(max = 16)
        List<@Size(max = 300) String> addresses) {

  public record PrimaryStatus(
      @JsonPropertyDescription("Name of the backend.") @Required @Size(max = 253) String name,
      @JsonPropertyDescription("Its address as host:port.") @Size(max = 300) String endpoint,
      @JsonPropertyDescription("Grows with every change of the primary.")
          @Required
          @Min(0)
          @Max(9007199254740991d)
          long epoch,
      @JsonPropertyDescription("When it became primary.") @Size(max = 64) String since,
      @JsonPropertyDescription("Why it became primary.") @Size(max = 64) String reason) {}

  public record BackendStatus(
      @JsonPropertyDescription("Name of the backend.") @Required @Size(max = 253) String name,
      @JsonPropertyDescription("Its address as host:port.") @Size(max = 300) String endpoint,
      @JsonPropertyDescription("Healthy, Unhealthy or Unknown.") @Size(max = 16) String health,
      @JsonPropertyDescription("Active, Draining or Disabled.") @Size(max = 16) String state,
      @JsonPropertyDescription("Why it is so.") @Size(max = 256) @Nullable String reason,
      @JsonPropertyDescription("When its health changed last.") @Size(max = 64)
          @Nullable String since) {}

  @SchemaCustomizer(
      value = SchemaPatch.class,
      input =
          """
          properties:
            hooks:
              x-kubernetes-list-type: atomic
              items: {description: How one hook ended.}
          """)
  public record LastFailover(
      @JsonPropertyDescription("Primary before; absent when there was none.") @Size(max = 253)
          @Nullable String from,
      @JsonPropertyDescription("Primary after.") @Size(max = 253) String to,
      @JsonPropertyDescription("When clients were admitted to it.") @Size(max = 64) String at,
      @JsonPropertyDescription("How long there was no primary.") @Size(max = 28)
          String noPrimaryFor,
      @JsonPropertyDescription("Why the primary changed.") @Size(max = 64) String reason,
      @JsonPropertyDescription("Hooks that were run.") @Size(max = 16) List<HookRun> hooks) {}

  public record HookRun(
      @JsonPropertyDescription("Name of the hook.") @Required @Size(max = 63) String name,
      @JsonPropertyDescription(
              "Backend that it ran for; not the new primary's name when the choice was given up.")
          @Size(max = 253)
          @Nullable String backend,
      @JsonPropertyDescription("Exit code, or HTTP status; -1 when there is none.")
          @Min(-1)
          @Max(1000)
          int exitCode,
      @JsonPropertyDescription("How long it ran.") @Size(max = 28) String took,
      @JsonPropertyDescription("Whether it was ended because its timeout was over.")
          boolean timedOut,
      @JsonPropertyDescription("Why it failed; absent when it succeeded.") @Size(max = 512)
          @Nullable String failure,
      @JsonPropertyDescription("The end of what it printed or was answered, 1 KiB at most.")
          @Size(max = 1024)
          @Nullable String output) {}
}
