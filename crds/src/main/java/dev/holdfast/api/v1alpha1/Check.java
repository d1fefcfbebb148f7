package dev.holdfast.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.holdfast.api.schema.SchemaPatch;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One health check. Exactly one kind of probe is set. */
@ValidationRule(
    value =
        "[has(self.tcp), has(self.http), has(self.https), has(self.exec), has(self.sendExpect)]"
            + ".filter(set, set).size() == 1",
    message = "checks: exactly one of tcp, http, https, exec and sendExpect must be set")
@ValidationRule(
    value =
        "duration(self.interval) == duration('0s') || duration(self.interval) >= duration('100ms')",
    fieldPath = ".interval",
    message = "interval must be 0s or at least 100ms")
@ValidationRule(
    value = "duration(self.fastInterval) >= duration('100ms')",
    fieldPath = ".fastInterval",
    message = "fastInterval must be at least 100ms")
@ValidationRule(
    value = "!has(self.timeout) || duration(self.timeout) >= duration('1ms')",
    fieldPath = ".timeout",
    message = "timeout must be at least 1ms")
@ValidationRule(
    value =
        "!has(self.timeout) || duration(self.interval) == duration('0s')"
            + " || duration(self.timeout) <= duration(self.interval)",
    fieldPath = ".timeout",
    message = "timeout must not be above interval")
public record Check(
    @JsonPropertyDescription("Name of the check in status, events and metrics.") @Required @DnsLabel
        String name,
    @JsonPropertyDescription("Healthy when a TCP connect succeeds.") @Nullable Tcp tcp,
    @JsonPropertyDescription("Healthy when an HTTP request is answered as expected.")
        @Nullable HttpCheck http,
    @JsonPropertyDescription(
            "Healthy when an HTTPS request is answered as expected and the certificate is valid.")
        @Nullable HttpsCheck https,
    @JsonPropertyDescription("Healthy when a program ends with exit code 0.") @Nullable Exec exec,
    @JsonPropertyDescription("Healthy when the answer to some bytes holds some other bytes.")
        @Nullable SendExpect sendExpect,
    @JsonPropertyDescription(
            "Time from one run to the next, spread by 10 % either way; runs never overlap. At least"
                + " 100ms, or 0s: run only while a primary is chosen, after a connect to each"
                + " candidate.")
        @Default("5s")
        @DurationText
        String interval,
    @JsonPropertyDescription(
            "Time after which a run counts as failed; not above interval. Absent: half of"
                + " interval, or 5s when that is 0s.")
        @DurationText
        @Nullable String timeout,
    @JsonPropertyDescription("Failures in a row that make a healthy backend unhealthy.")
        @Default("3")
        @Min(1)
        @Max(100)
        int fall,
    @JsonPropertyDescription("Successes in a row that make an unhealthy backend healthy.")
        @Default("2")
        @Min(1)
        @Max(100)
        int rise,
    @JsonPropertyDescription(
            "Used instead of interval, when it is shorter, while a backend is between healthy and"
                + " unhealthy. At least 100ms.")
        @Default("1s")
        @DurationText
        String fastInterval) {

  public record Tcp(
      @JsonPropertyDescription("TCP port to connect to. 0: the backend's own.")
          @Default("0")
          @Min(0)
          @Max(65535)
          int port) {}

  @SchemaCustomizer(
      value = SchemaPatch.class,
      input =
          """
          properties:
            command:
              x-kubernetes-list-type: atomic
              items: {description: One argument.}
          """)
  public record Exec(
      @JsonPropertyDescription(
              "Program and its arguments, run without a shell; host:port of the backend is added as"
                  + " last argument.")
          @Required
          @Size(min = 1, max = 64)
          List<@Size(max = 4096) String> command) {}

  public record SendExpect(
      @JsonPropertyDescription("Text that is sent after the connect; may be empty.")
          @Default("''")
          @Size(max = 4096)
          String send,
      @JsonPropertyDescription("Text that the first 16 KiB of the answer must hold.")
          @Required
          @Size(min = 1, max = 4096)
          String expect,
      @JsonPropertyDescription("Whether to speak TLS, with a certificate that the system trusts.")
          @Default("false")
          boolean tls) {}
}
