package dev.holdfast.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.holdfast.api.schema.SchemaPatch;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the operator has seen. Times are RFC 3339; lists are cut where they exceed their bound. */
@SchemaCustomizer(
    value = SchemaPatch.class,
    input =
        """
        properties:
          servers:
            x-kubernetes-list-type: map
            x-kubernetes-list-map-keys: [id]
            items: {description: What was last seen of one server.}
          floatingIps:
            x-kubernetes-list-type: map
            x-kubernetes-list-map-keys: [id]
            items: {description: What was last seen of one floating IP.}
        """
            + ConditionSchema.PROPERTY)
public record FloatingIpGroupStatus(
    @JsonPropertyDescription("Generation of the resource that this status was made from.")
        @Min(0)
        @Max(9007199254740991d)
        @Nullable Long observedGeneration,
    @JsonPropertyDescription(
            "Ready, CredentialsValid, ProviderReachable, HealthKnown, PlanConverged,"
                + " CertificatesValid, OwnershipConflict (while another resource selects the same"
                + " floating IP) and ReconciliationPaused (while paused).")
        @Size(max = 16)
        List<Condition> conditions,
    @JsonPropertyDescription("The servers of the group.") @Size(max = 256)
        List<ServerStatus> servers,
    @JsonPropertyDescription("The floating IPs of the group.") @Size(max = 1024)
        List<FloatingIpStatus> floatingIps,
    @JsonPropertyDescription("What is to be changed; absent before the first plan.")
        @Nullable PlanStatus plan,
    @JsonPropertyDescription("The last plan that was carried out.")
        @Nullable LastApplied lastApplied,
    @JsonPropertyDescription("What the provider said of its rate limit.")
        @Nullable RateLimitStatus rateLimit,
    @JsonPropertyDescription("Floating IPs of the group.") @Min(0) @Max(1000000) int ips,
    @JsonPropertyDescription("Of these, those that point where they are wanted.")
        @Min(0)
        @Max(1000000)
        int inPlace,
    @JsonPropertyDescription("Steps of the plan that have not succeeded yet.") @Min(0) @Max(1000000)
        int pendingMoves) {

  @SchemaCustomizer(
      value = SchemaPatch.class,
      input =
          """
          properties:
            checks:
              x-kubernetes-list-type: map
              x-kubernetes-list-map-keys: [name, ip]
              items: {description: Health by one check and address family.}
          """)
  public record ServerStatus(
      @JsonPropertyDescription("The provider's id.") @Required @Min(0) @Max(9007199254740991d)
          long id,
      @JsonPropertyDescription("Its name.") @Size(max = 253) String name,
      @JsonPropertyDescription("Its location.") @Size(max = 64) String location,
      @JsonPropertyDescription("Its index, from its label resource_index.") @Min(0) @Max(2147483647)
          @Nullable Integer index,
      @JsonPropertyDescription("Healthy, Unhealthy or Unknown.") @Size(max = 16) String health,
      @JsonPropertyDescription("Its health by check.") @Size(max = 32) List<CheckStatus> checks) {}

  public record CheckStatus(
      @JsonPropertyDescription("Name of the check.") @Required @Size(max = 63) String name,
      @JsonPropertyDescription("Address family: ipv4 or ipv6.") @Required @Size(max = 4) String ip,
      @JsonPropertyDescription("Healthy, Unhealthy or Unknown.") @Size(max = 16) String health,
      @JsonPropertyDescription("When it changed last.") @Size(max = 64) @Nullable String since) {}

  public record FloatingIpStatus(
      @JsonPropertyDescription("The provider's id.") @Required @Min(0) @Max(9007199254740991d)
          long id,
      @JsonPropertyDescription("Its name.") @Size(max = 253) String name,
      @JsonPropertyDescription("Its address, or its network in IPv6.") @Size(max = 64) String ip,
      @JsonPropertyDescription("Its home location.") @Size(max = 64) String location,
      @JsonPropertyDescription("Its index, from its label resource_index.") @Min(0) @Max(2147483647)
          @Nullable Integer index,
      @JsonPropertyDescription("Server that it points at; absent when unassigned.") @Size(max = 253)
          @Nullable String server,
      @JsonPropertyDescription("Server that it shall point at; absent when it is left alone.")
          @Size(max = 253)
          @Nullable String wanted,
      @JsonPropertyDescription("InPlace, Pending, Moving, Failed or LeftAlone.") @Size(max = 16)
          String state,
      @JsonPropertyDescription("Why it is so, as one word.") @Size(max = 64)
          @Nullable String reason) {}

  @SchemaCustomizer(
      value = SchemaPatch.class,
      input =
          """
          properties:
            steps:
              x-kubernetes-list-type: atomic
              items: {description: One change.}
          """)
  public record PlanStatus(
      @JsonPropertyDescription("Made of the plan's steps; what an approval names.")
          @Required
          @Size(max = 64)
          String id,
      @JsonPropertyDescription("Grows with every plan.") @Min(0) @Max(9007199254740991d)
          long sequence,
      @JsonPropertyDescription("When it was computed first.") @Size(max = 64) String computedAt,
      @JsonPropertyDescription("What is to be changed, by the floating IP's id.") @Size(max = 1024)
          List<StepStatus> steps) {}

  public record StepStatus(
      @JsonPropertyDescription("Name of the floating IP.") @Required @Size(max = 253)
          String floatingIp,
      @JsonPropertyDescription("Server that it points at now; absent when unassigned.")
          @Size(max = 253)
          @Nullable String from,
      @JsonPropertyDescription("Server that it shall point at.") @Size(max = 253) String to,
      @JsonPropertyDescription("Why, as one word.") @Size(max = 64) String reason,
      @JsonPropertyDescription("Pending, Applying, Done or Failed.") @Size(max = 16)
          String state) {}

  public record LastApplied(
      @JsonPropertyDescription("Id of the plan.") @Required @Size(max = 64) String id,
      @JsonPropertyDescription("When it was done.") @Size(max = 64) String at,
      @JsonPropertyDescription("Floating IPs that were moved.") @Min(0) @Max(1000000) int moved,
      @JsonPropertyDescription("Floating IPs that could not be moved.") @Min(0) @Max(1000000)
          int failed) {}

  public record RateLimitStatus(
      @JsonPropertyDescription("Calls an hour.") @Min(0) @Max(1000000) int limit,
      @JsonPropertyDescription("Calls left.") @Min(0) @Max(1000000) int remaining) {}
}
