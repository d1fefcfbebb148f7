package dev.holdfast.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.holdfast.api.schema.SchemaPatch;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Default;

/** How plans are computed. */
@SchemaCustomizer(value = SchemaPatch.class, input = "properties: {rebalance: {default: {}}}")
public record FloatingIpPlanner(
    @JsonPropertyDescription(
            "MinimalMoves: a floating IP with an index goes to the server of its location with the"
                + " same index; the others are spread as evenly as their locations allow, by the"
                + " fewest moves. Canonical: flipper's rules, which do not look at where IPs are.")
        @Default("MinimalMoves")
        Strategy strategy,
    @JsonPropertyDescription(
            "Whether a server of unknown health counts as not healthy. Otherwise it keeps its"
                + " floating IPs and gains none.")
        @Default("false")
        boolean applyWithUnknownHealth,
    @JsonPropertyDescription(
            "Keep: nothing moves while no server is healthy, because it may be the checks that are"
                + " cut off. Spread: all servers then count as healthy.")
        @Default("Keep")
        WhenAllUnhealthy whenAllUnhealthy,
    @JsonPropertyDescription("When floating IPs leave healthy servers.") Rebalance rebalance) {

  public enum Strategy {
    MinimalMoves,
    Canonical
  }

  public enum WhenAllUnhealthy {
    Keep,
    Spread
  }

  public record Rebalance(
      @JsonPropertyDescription(
              "AfterStable: once no server has come, gone or changed its health for stableFor."
                  + " Immediate: at once. Never: not at all. Moves off servers that are not healthy"
                  + " never wait.")
          @Default("AfterStable")
          Policy policy,
      @JsonPropertyDescription("How long nothing must have changed; used by AfterStable.")
          @Default("5m")
          @DurationText
          String stableFor) {

    public enum Policy {
      AfterStable,
      Immediate,
      Never
    }
  }
}
