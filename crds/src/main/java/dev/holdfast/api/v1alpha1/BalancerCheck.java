package dev.holdfast.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.holdfast.api.schema.SchemaPatch;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** A {@link Check} of a group, which says what becomes of the group when it fails. */
@ValidationRule(
    value =
        "[has(self.tcp), has(self.http), has(self.https), has(self.exec), has(self.sendExpect)]"
            + ".filter(set, set).size() == 1",
    message = "checks: exactly one of tcp, http, https, exec and sendExpect must be set")
@ValidationRule(
    value = "duration(self.interval) >= duration('100ms')",
    fieldPath = ".interval",
    message = "interval must be at least 100ms")
@ValidationRule(
    value = "duration(self.fastInterval) >= duration('100ms')",
    fieldPath = ".fastInterval",
    message = "fastInterval must be at least 100ms")
@ValidationRule(
    value = "!has(self.timeout) || duration(self.timeout) >= duration('1ms')",
    fieldPath = ".timeout",
    message = "timeout must be at least 1ms")
@ValidationRule(
    value = "!has(self.timeout) || duration(self.timeout) <= duration(self.interval)",
    fieldPath = ".timeout",
    message = "timeout must not be above interval")
@SchemaCustomizer(
    value = SchemaPatch.class,
    input =
        """
        properties:
          tcp:
            properties: {port: {description: 'TCP port to connect to. 0: those of the group.'}}
          http:
            properties: {port: {description: 'TCP port of the request. 0: those of the group.'}}
          https:
            properties: {port: {description: 'TCP port of the request. 0: those of the group.'}}
        """)
public record BalancerCheck(
    @JsonPropertyDescription("Name of the check in status, events and metrics.") @Required @DnsLabel
        String name,
    @JsonPropertyDescription("Healthy when a TCP connect succeeds.") Check.@Nullable Tcp tcp,
    @JsonPropertyDescription("Healthy when an HTTP request is answered as expected.")
        @Nullable HttpCheck http,
    @JsonPropertyDescription(
            "Healthy when an HTTPS request is answered as expected and the certificate is valid.")
        @Nullable HttpsCheck https,
    @JsonPropertyDescription("Healthy when a program ends with exit code 0.")
        Check.@Nullable Exec exec,
    @JsonPropertyDescription("Healthy when the answer to some bytes holds some other bytes.")
        Check.@Nullable SendExpect sendExpect,
    @JsonPropertyDescription(
            "What becomes of the group while the check fails. Drain: as state Draining. Disable: as"
                + " state Disabled. Ignore: nothing, it is only reported. Of several failing checks"
                + " the strictest counts.")
        @Default("Drain")
        OnFail onFail,
    @JsonPropertyDescription(
            "Time from one run to the next, spread by 10 % either way; runs never overlap. At least"
                + " 100ms.")
        @Default("5s")
        @DurationText
        String interval,
    @JsonPropertyDescription(
            "Time after which a run counts as failed; not above interval. Absent: half of"
                + " interval.")
        @DurationText
        @Nullable String timeout,
    @JsonPropertyDescription("Failures in a row that make a healthy server unhealthy.")
        @Default("3")
        @Min(1)
        @Max(100)
        int fall,
    @JsonPropertyDescription("Successes in a row that make an unhealthy server healthy.")
        @Default("5")
        @Min(1)
        @Max(100)
        int rise,
    @JsonPropertyDescription(
            "Used instead of interval, when it is shorter, while a server is between healthy and"
                + " unhealthy. At least 100ms.")
        @Default("1s")
        @DurationText
        String fastInterval) {

  public enum OnFail {
    Drain,
    Disable,
    Ignore
  }
}
