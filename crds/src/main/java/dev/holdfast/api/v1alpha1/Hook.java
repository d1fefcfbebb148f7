package dev.holdfast.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.holdfast.api.schema.SchemaPatch;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs when a primary has been chosen, before any client is admitted. */
@ValidationRule(
    value = "has(self.exec) != has(self.http)",
    message = "hooks: exactly one of exec and http must be set")
@ValidationRule(
    value = "duration(self.timeout) >= duration('1ms')",
    fieldPath = ".timeout",
    message = "timeout must be at least 1ms")
@SchemaCustomizer(
    value = SchemaPatch.class,
    input =
        """
        properties:
          when:
            x-kubernetes-list-type: set
            items: {description: A way to become primary.}
        """)
public record Hook(
    @JsonPropertyDescription("Name of the hook in status, events and metrics.") @Required @DnsLabel
        String name,
    @JsonPropertyDescription(
            "Ways to become primary that run the hook. A hook runs at least once in each epoch, and"
                + " again in the same one after a crash, never in one that had ended. Initial: the"
                + " first choice. Failover: after a failure. Failback: a more preferred backend is"
                + " back. Switchover: asked for by a person.")
        @Default("[\"Initial\", \"Failover\", \"Failback\", \"Switchover\"]")
        @Size(min = 1, max = 4)
        List<Trigger> when,
    @JsonPropertyDescription("Program to run.") @Nullable Exec exec,
    @JsonPropertyDescription("HTTP request to send.") @Nullable HttpHook http,
    @JsonPropertyDescription(
            "Time after which the hook counts as failed and is killed with its process group; for"
                + " all files of a directory together.")
        @Default("30s")
        @DurationText
        String timeout,
    @JsonPropertyDescription(
            "Continue: a failure is a warning event. Abort: another backend is chosen.")
        @Default("Continue")
        OnFailure onFailure) {

  public enum Trigger {
    Initial,
    Failover,
    Failback,
    Switchover
  }

  public enum OnFailure {
    Continue,
    Abort
  }

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
              "Program and its arguments, run without a shell; host:port of the new primary is"
                  + " added as last argument. A directory stands for the files directly in it, one"
                  + " after another in the byte order of their paths. Environment:"
                  + " HOLDFAST_RESOURCE (namespace/name), HOLDFAST_EPOCH, HOLDFAST_TRIGGER (one of"
                  + " when), HOLDFAST_BACKEND and HOLDFAST_OLD_BACKEND (names; the latter is empty"
                  + " when there was no primary). The end of its output is shown in the status: it"
                  + " must not print secrets.")
          @Required
          @Size(min = 1, max = 64)
          List<@Size(max = 4096) String> command) {}
}
