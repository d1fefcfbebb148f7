package dev.holdfast.dataplane.agreement.vote;

import dev.holdfast.dataplane.agreement.Moment;
import dev.holdfast.health.Health;
import java.util.Map;

/**
 * What one member found out about the backends.
 *
 * @param at when it found out, by the clock of whoever counts
 * @param verdicts by backend; {@link Health#Unknown} is no vote
 */
public record Ballot(Moment at, Map<String, Health> verdicts) {

  public Ballot {
    verdicts = Map.copyOf(verdicts);
  }
}
