package dev.holdfast.dataplane.agreement.replica;

import dev.holdfast.dataplane.agreement.Incarnation;
import dev.holdfast.health.Health;
import java.time.Duration;
import java.util.Map;

/** A ballot as it is sent, with its age in milliseconds. */
record BallotForm(Incarnation voter, long serial, Map<String, Health> verdicts, long ageMillis) {

  @SuppressWarnings("ConstantConditions") // Jackson fills records without regard to nullness
  boolean isWhole() {
    return voter != null
        && voter.member() != null
        && voter.member().peer() != null
        && verdicts != null;
  }

  Duration age() {
    return Duration.ofMillis(ageMillis);
  }
}
