package dev.holdfast.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.holdfast.api.schema.SchemaPatch;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.ValidationRule;

/** How plans are carried out. */
@ValidationRule(
    value = "duration(self.timeout) >= duration('1s')",
    fieldPath = ".timeout",
    message = "apply.timeout must be at least 1s")
@SchemaCustomizer(value = SchemaPatch.class, input = "properties: {verify: {default: {}}}")
public record FloatingIpApply(
    @JsonPropertyDescription(
            "Time that the provider may take for one move; then the floating IP is looked at again."
                + " At least 1s.")
        @Default("30s")
        @DurationText
        String timeout,
    @JsonPropertyDescription("Moves under way at the same time.") @Default("4") @Min(1) @Max(32)
        int parallelism,
    @JsonPropertyDescription("Most moves within a minute. 0: no limit.")
        @Default("0")
        @Min(0)
        @Max(1000)
        int maxMovesPerMinute,
    @JsonPropertyDescription("A probe through the floating IP after it was moved.") Verify verify) {

  @ValidationRule(
      value = "duration(self.timeout) >= duration('1ms')",
      fieldPath = ".timeout",
      message = "apply.verify.timeout must be at least 1ms")
  public record Verify(
      @JsonPropertyDescription("TCP port that must take a connect. 0: no probe.")
          @Default("0")
          @Min(0)
          @Max(65535)
          int tcpPort,
      @JsonPropertyDescription("Time after which the probe counts as failed.")
          @Default("10s")
          @DurationText
          String timeout) {}
}
