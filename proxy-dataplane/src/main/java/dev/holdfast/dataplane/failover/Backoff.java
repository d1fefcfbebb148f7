package dev.holdfast.dataplane.failover;

import java.time.Duration;

/** Pauses between rounds in which no candidate was usable: they double from initial to max. */
public record Backoff(Duration initial, Duration max) {
  /**
   * No pause is shorter, whatever is configured, so that a round without candidates never spins.
   */
  public static final Duration MIN = Duration.ofMillis(100);

  /**
   * The initial pause holds even where the maximum is smaller.
   *
   * @param round 0 for the first fruitless round of a selection
   */
  public Duration pause(int round) {
    var pause = initial;
    for (int i = 0; i < round && pause.compareTo(max) < 0; i++) {
      pause = pause.multipliedBy(2);
    }
    var limited = round > 0 && pause.compareTo(max) > 0 ? max : pause;
    return limited.compareTo(MIN) < 0 ? MIN : limited;
  }
}
