package dev.holdfast.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.holdfast.api.schema.SchemaPatch;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link FloatingIpGroup} shall do. Schema defaults have been applied before this is bound.
 */
@ValidationRule(
    value = "duration(self.pollInterval) >= duration('1s')",
    fieldPath = ".pollInterval",
    message = "pollInterval must be at least 1s")
@ValidationRule(
    value = "duration(self.pollTimeout) >= duration('100ms')",
    fieldPath = ".pollTimeout",
    message = "pollTimeout must be at least 100ms")
@ValidationRule(
    value = "duration(self.pollTimeout) <= duration(self.pollInterval)",
    fieldPath = ".pollTimeout",
    message = "pollTimeout must not be above pollInterval")
@SchemaCustomizer(
    value = SchemaPatch.class,
    input =
        """
        properties:
          planner: {default: {}}
          apply: {default: {}}
          rateLimit: {default: {}}
          checks:
            x-kubernetes-list-type: map
            x-kubernetes-list-map-keys: [name]
            items: {description: One health check. Exactly one kind of probe is set.}
          notifications:
            x-kubernetes-list-type: atomic
            items: {description: One place where people are told.}
        """)
public record FloatingIpGroupSpec(
    @JsonPropertyDescription("Whose floating IPs they are.") @Required Provider provider,
    @JsonPropertyDescription("The servers of the group.") @Required LabelSelection servers,
    @JsonPropertyDescription(
            "The floating IPs of the group. Those that point at a server outside the group are"
                + " never touched.")
        @Required
        LabelSelection floatingIps,
    @JsonPropertyDescription(
            "Time from one look at servers and floating IPs to the next; longer when the API's rate"
                + " limit runs low. At least 1s.")
        @Default("60s")
        @DurationText
        String pollInterval,
    @JsonPropertyDescription(
            "Time after which a look counts as failed; at least 100ms, not above pollInterval.")
        @Default("20s")
        @DurationText
        String pollTimeout,
    @JsonPropertyDescription(
            "Apply: plans are carried out. Plan: they are computed and shown, and nothing is"
                + " changed. Approve: a plan is carried out when the annotation"
                + " holdfast.dev/approve-plan names its id.")
        @Default("Apply")
        Mode mode,
    @JsonPropertyDescription("How plans are computed.") FloatingIpPlanner planner,
    @JsonPropertyDescription("How plans are carried out.") FloatingIpApply apply,
    @JsonPropertyDescription("How the provider's rate limit is shared out.") RateLimit rateLimit,
    @JsonPropertyDescription(
            "Health checks, run for every server and each of its address families; a server is"
                + " healthy when all say so. Empty: every server is healthy.")
        @Default("[]")
        @Size(max = 16)
        List<ServerCheck> checks,
    @JsonPropertyDescription(
            "A request that is sent again and again as long as the group makes progress.")
        @Nullable Heartbeat heartbeat,
    @JsonPropertyDescription("Where people are told of plans, failures and recoveries.")
        @Default("[]")
        @Size(max = 8)
        List<Notification> notifications,
    @JsonPropertyDescription(
            "What becomes of the floating IPs when the resource is deleted. Leave: they stay where"
                + " they are. Unassign: those of the group point nowhere.")
        @Default("Leave")
        DeletionPolicy deletionPolicy,
    @JsonPropertyDescription(
            "Whether the operator leaves everything as it is. The annotation holdfast.dev/paused"
                + " does the same.")
        @Default("false")
        boolean paused) {

  public enum Mode {
    Apply,
    Plan,
    Approve
  }

  public enum DeletionPolicy {
    Leave,
    Unassign
  }

  public record Provider(
      @JsonPropertyDescription("A project of the Hetzner Cloud.") @Required Hetzner hetzner) {}

  public record Hetzner(
      @JsonPropertyDescription(
              "Where the project's API token is kept; it must be allowed to write"
                  + " unless mode is Plan.")
          @Required
          SecretKeyRef tokenSecretRef,
      @JsonPropertyDescription("Number of the project, for links to the console only.")
          @Min(1)
          @Max(9007199254740991d)
          @Nullable Long projectId,
      @JsonPropertyDescription(
              "Base URL of the API. The operator must allow it, because the token is sent there.")
          @Default("https://api.hetzner.cloud/v1")
          @Pattern("^https?://[-A-Za-z0-9.:\\[\\]]+(/[-A-Za-z0-9._~/]*)?$")
          @Size(min = 8, max = 512)
          String endpoint) {}

  public record LabelSelection(
      @JsonPropertyDescription(
              "The provider's label selector, such as environment=dev,role=loadbalancer.")
          @Required
          @Pattern("^[-A-Za-z0-9_./=!(), ]*[A-Za-z0-9)=][ ]*$")
          @Size(min = 1, max = 1024)
          String labelSelector) {}

  public record RateLimit(
      @JsonPropertyDescription(
              "API calls that are kept back for moves off servers that are not healthy.")
          @Default("60")
          @Min(0)
          @Max(3600)
          int failoverReserve) {}

  /** A push monitor's URL is a secret for some, so it may be kept in one. */
  @ValidationRule(
      value = "has(self.url) != has(self.urlSecretRef)",
      message = "heartbeat: exactly one of url and urlSecretRef must be set")
  @ValidationRule(
      value = "duration(self.interval) >= duration('1s')",
      fieldPath = ".interval",
      message = "heartbeat.interval must be at least 1s")
  @ValidationRule(
      value = "duration(self.timeout) >= duration('1ms')",
      fieldPath = ".timeout",
      message = "heartbeat.timeout must be at least 1ms")
  @ValidationRule(
      value = "duration(self.timeout) <= duration(self.interval)",
      fieldPath = ".timeout",
      message = "heartbeat.timeout must not be above heartbeat.interval")
  public record Heartbeat(
      @JsonPropertyDescription("Where a GET is sent. A secret one: urlSecretRef.")
          @Pattern("^https?://[!-~]+$")
          @Size(min = 8, max = 2048)
          @Nullable String url,
      @JsonPropertyDescription("Where a secret URL is kept; instead of url.")
          @Nullable SecretKeyRef urlSecretRef,
      @JsonPropertyDescription("Time from one to the next; the first one at once. At least 1s.")
          @Default("60s")
          @DurationText
          String interval,
      @JsonPropertyDescription("Time after which one counts as failed; not above interval.")
          @Default("10s")
          @DurationText
          String timeout) {}

  @ValidationRule(
      value = "self.type != 'Webhook' || !has(self.channel)",
      fieldPath = ".channel",
      message = "channel needs type Mattermost or Slack")
  public record Notification(
      @JsonPropertyDescription(
              "Mattermost and Slack: an incoming webhook of theirs. Webhook: a POST of JSON.")
          @Required
          Type type,
      @JsonPropertyDescription("Where the webhook's URL is kept, which is a secret.") @Required
          SecretKeyRef urlSecretRef,
      @JsonPropertyDescription("Channel to write to. Absent: the webhook's own.")
          @Size(min = 1, max = 128)
          @Nullable String channel,
      @JsonPropertyDescription("Name to write under.") @Default("holdfast") @Size(min = 1, max = 64)
          String username) {

    public enum Type {
      Mattermost,
      Slack,
      Webhook
    }
  }
}
