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

/** What the operator has seen. Times are RFC 3339. */
@SchemaCustomizer(
    value = SchemaPatch.class,
    input =
        """
        properties:
          groups:
            x-kubernetes-list-type: map
            x-kubernetes-list-map-keys: [id]
            items: {description: What was last seen of one group.}
          addresses:
            x-kubernetes-list-type: set
            items: {description: 'An address as host:port.'}
        """
            + ConditionSchema.PROPERTY)
public record StickyBalancerStatus(
    @JsonPropertyDescription("Generation of the resource that this status was made from.")
        @Min(0)
        @Max(9007199254740991d)
        @Nullable Long observedGeneration,
    @JsonPropertyDescription(
            "Ready, QuorumHealthy, TableReplicated, Degraded, DataPlaneAvailable, DataLost and"
                + " ReconciliationPaused (while it is so).")
        @Size(max = 16)
        List<Condition> conditions,
    @JsonPropertyDescription("State of every group.") @Size(max = 64) List<GroupStatus> groups,
    @JsonPropertyDescription("Keys that are remembered; of several tables, all of theirs.")
        @Min(0)
        @Max(9007199254740991d)
        @Nullable Long entries,
    @JsonPropertyDescription("Pod that leads the replicas; absent where one decides alone.")
        @Size(max = 253)
        @Nullable String leader,
    @JsonPropertyDescription(
            "Id of the group of pods that keeps the table. When all pods come up without its data,"
                + " they wait for the annotation holdfast.dev/rebootstrap with this id.")
        @Size(max = 64)
        @Nullable String clusterId,
    @JsonPropertyDescription("Groups that take new keys of all groups, such as 3/4.")
        @Size(max = 16)
        @Nullable String activeGroups,
    @JsonPropertyDescription("Data-plane pods that exist.") @Min(0) @Max(1000) @StatusReplicas
        int replicas,
    @JsonPropertyDescription("Data-plane pods that are ready.") @Min(0) @Max(1000)
        int readyReplicas,
    @JsonPropertyDescription("Label selector of the data-plane pods, for the scale subresource.")
        @Size(max = 1024)
        @LabelSelector
        @Nullable String selector,
    @JsonPropertyDescription("Where clients reach the balancer.") @Size(max = 64)
        List<@Size(max = 300) String> addresses) {

  public record GroupStatus(
      @JsonPropertyDescription("Number of the group.") @Required @Min(0) @Max(2147483647) int id,
      @JsonPropertyDescription("Name of the group.") @Required @Size(max = 63) String name,
      @JsonPropertyDescription(
              "Active, Draining or Disabled: the strictest of all causes. Unknown: no pod answers.")
          @Size(max = 16)
          String effective,
      @JsonPropertyDescription(
              "Why it is so: Spec, Runtime (somebody said so since), Reported (by a server),"
                  + " Unknown (a check has no verdict yet), Check/ and the name of one, or"
                  + " NoAnswer.")
          @Size(max = 128)
          String cause,
      @JsonPropertyDescription(
              "Replicas that agree with the verdict of those that have one, such as 2/3; absent"
                  + " where one decides alone.")
          @Size(max = 16)
          @Nullable String votes,
      @JsonPropertyDescription("Keys of the group; of several tables, all of theirs.")
          @Min(0)
          @Max(9007199254740991d)
          long keys,
      @JsonPropertyDescription("Connections that are open to it, of all pods.")
          @Min(0)
          @Max(9007199254740991d)
          long connections,
      @JsonPropertyDescription("Since when it is so.") @Size(max = 64) @Nullable String since) {}
}
