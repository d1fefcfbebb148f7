package dev.holdfast.floatingip.hetzner.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {

  @Test
  @DisplayName("a read is repeated after what passes, and only after that")
  void repeated() {
    var passing =
        List.of(
            new ApiFailure.RateLimited("", null),
            new ApiFailure.Conflict(""),
            new ApiFailure.Locked(""),
            new ApiFailure.ServerError(502, ""),
            new ApiFailure.Unreachable(""),
            new ApiFailure.NoAnswer(""),
            new ApiFailure.Malformed(""));
    var lasting =
        List.of(
            new ApiFailure.Unauthorized(""),
            new ApiFailure.ReadOnlyToken(""),
            new ApiFailure.Forbidden(""),
            new ApiFailure.NotFound(""),
            new ApiFailure.AlreadyAssigned(""),
            new ApiFailure.Refused("invalid_input", ""));

    assertThat(passing).allSatisfy(f -> assertThat(RetryPolicy.pause(f, 0, 1)).isPresent());
    assertThat(lasting).allSatisfy(f -> assertThat(RetryPolicy.pause(f, 0, 1)).isEmpty());
  }

  @Test
  @DisplayName("pauses double up to a minute, with up to half of them by chance, five times")
  void pauses() {
    var failure = new ApiFailure.NoAnswer("");

    assertThat(RetryPolicy.pause(failure, 0, 1)).contains(Duration.ofSeconds(1));
    assertThat(RetryPolicy.pause(failure, 0, 0)).contains(Duration.ofMillis(500));
    assertThat(RetryPolicy.pause(failure, 4, 1)).contains(Duration.ofSeconds(16));
    assertThat(RetryPolicy.pause(failure, 5, 1)).isEmpty();
    assertThat(RetryPolicy.backoff(Duration.ofSeconds(1), 50, 1)).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  @DisplayName("an API that is unavailable is asked again more slowly")
  void unavailable() {
    assertThat(RetryPolicy.pause(new ApiFailure.ServerError(503, ""), 0, 1))
        .contains(Duration.ofSeconds(5));
  }
}
