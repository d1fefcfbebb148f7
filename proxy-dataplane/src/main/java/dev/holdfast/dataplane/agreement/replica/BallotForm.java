package dev.holdfast.dataplane.agreement.replica;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.holdfast.dataplane.agreement.Incarnation;
import dev.holdfast.health.Health;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A ballot as it is sent, with its age in milliseconds.
 *
 * @param reasons null where none are given
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record BallotForm(
    Incarnation voter,
    long serial,
    Map<String, Health> verdicts,
    @Nullable Map<String, String> reasons,
    long ageMillis) {

  @SuppressWarnings("ConstantConditions") // Jackson fills records without regard to nullness
  boolean isWhole() {
    return voter != null
        && voter.member() != null
        && voter.member().peer() != null
        && verdicts != null;
  }

  Map<String, String> words() {
    return reasons == null ? Map.of() : reasons;
  }

  Duration age() {
    return Duration.ofMillis(ageMillis);
  }
}
