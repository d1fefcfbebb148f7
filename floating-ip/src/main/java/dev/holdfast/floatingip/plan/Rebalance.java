package dev.holdfast.floatingip.plan;

import dev.holdfast.floatingip.plan.KeepReason.AwaitsStability;
import dev.holdfast.floatingip.plan.KeepReason.RebalanceNever;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;

/**
 * When floating IPs leave servers that they work on. A filter over plans: what is left of an
 * optimal plan leads to the same layout, so that no IP is moved twice.
 */
public sealed interface Rebalance {

  /**
   * Once no server has come, gone or changed its health for a while: a flapping one moves nothing.
   */
  record AfterStable(Duration stableFor) implements Rebalance {}

  record Immediate() implements Rebalance {}

  record Never() implements Rebalance {}

  /**
   * The plan without the steps that must not be made now.
   *
   * @param stableSince when a server last came, went or changed its health
   */
  default Plan filter(Plan plan, Instant stableSince, Instant now) {
    var waiting = waiting(stableSince, now);
    if (waiting.isEmpty()) {
      return plan;
    }
    var steps = new ArrayList<Step>();
    var untouched = new ArrayList<>(plan.untouched());
    for (var step : plan.steps()) {
      if (step.reason().isRebalancing()) {
        untouched.add(new Untouched(step.floatingIp(), waiting.get()));
      } else {
        steps.add(step);
      }
    }
    return new Plan(steps, untouched);
  }

  private Optional<KeepReason> waiting(Instant stableSince, Instant now) {
    return switch (this) {
      case Immediate() -> Optional.empty();
      case Never() -> Optional.of(new RebalanceNever());
      case AfterStable(var stableFor) ->
          Optional.of(stableSince.plus(stableFor))
              .filter(until -> until.isAfter(now))
              .map(AwaitsStability::new);
    };
  }
}
