package dev.holdfast.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.holdfast.api.schema.SchemaPatch;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** How the primary is chosen and kept. Durations are Gateway API strings. */
@ValidationRule(
    value = "duration(self.connectTimeout) >= duration('1ms')",
    fieldPath = ".connectTimeout",
    message = "selection.connectTimeout must be at least 1ms")
@ValidationRule(
    value = "duration(self.recheckInterval) >= duration('100ms')",
    fieldPath = ".recheckInterval",
    message = "selection.recheckInterval must be at least 100ms")
@SchemaCustomizer(
    value = SchemaPatch.class,
    input =
        """
        properties:
          failback: {default: {}}
          retryBackoff: {default: {}}
        """)
public record Selection(
    @JsonPropertyDescription(
            "Primary: one backend is chosen and kept until it fails. FirstHealthy: every new"
                + " connection goes to the first usable backend of the list.")
        @Default("Primary")
        Mode mode,
    @JsonPropertyDescription("Whether a more preferred backend takes over again once it is back.")
        Failback failback,
    @JsonPropertyDescription(
            "Longest time for one connect to a backend, the resolving of its name included.")
        @Default("5s")
        @DurationText
        String connectTimeout,
    @JsonPropertyDescription("Pauses between rounds while no backend is usable.")
        RetryBackoff retryBackoff,
    @JsonPropertyDescription(
            "How often a backend without checks that refused a client's connect is probed again.")
        @Default("30s")
        @DurationText
        String recheckInterval) {

  public enum Mode {
    Primary,
    FirstHealthy
  }

  /** An absent policy means Never in mode Primary and Immediate in mode FirstHealthy. */
  public record Failback(
      @JsonPropertyDescription(
              "Never: the chosen backend stays until it fails. Immediate: a more preferred one"
                  + " takes over as soon as it is healthy. AfterStable: once it has been healthy"
                  + " for stableFor. Absent: Never in mode Primary, Immediate in mode"
                  + " FirstHealthy.")
          @Nullable Policy policy,
      @JsonPropertyDescription(
              "How long a backend must have been healthy without a break; used by AfterStable.")
          @Default("60s")
          @DurationText
          String stableFor) {

    public enum Policy {
      Never,
      Immediate,
      AfterStable
    }
  }

  /** The pause doubles from initial to max. */
  @ValidationRule(
      value = "duration(self.initial) >= duration('100ms')",
      fieldPath = ".initial",
      message = "retryBackoff.initial must be at least 100ms")
  @ValidationRule(
      value = "duration(self.initial) <= duration(self.max)",
      fieldPath = ".max",
      message = "retryBackoff.max must not be below retryBackoff.initial")
  public record RetryBackoff(
      @JsonPropertyDescription("First pause; it doubles from round to round. At least 100ms.")
          @Default("1s")
          @DurationText
          String initial,
      @JsonPropertyDescription("Longest pause.") @Default("60s") @DurationText String max) {}
}
