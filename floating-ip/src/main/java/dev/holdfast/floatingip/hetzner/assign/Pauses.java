package dev.holdfast.floatingip.hetzner.assign;

import java.time.Duration;
import java.util.List;

/** How long an assignment waits before its next effect. */
final class Pauses {
  static final Duration NONE = Duration.ZERO;
  static final Duration BETWEEN_PROBES = Duration.ofMillis(500);
  static final Duration BEFORE_CONFIRMATION = Duration.ofSeconds(1);
  static final Duration AFTER_FAILED_READ = Duration.ofSeconds(1);

  private static final List<Duration> BEFORE_READS =
      List.of(Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(1));
  private static final Duration LATER = Duration.ofSeconds(2);
  private static final Duration FIRST_AFTER_WRITE = Duration.ofMillis(500);
  private static final int MAX_DOUBLINGS = 4;

  private Pauses() {}

  /**
   * Actions take a second or so; those that take longer are asked for less often.
   *
   * @param reads of this action so far
   */
  static Duration beforeRead(int reads) {
    return reads < BEFORE_READS.size() ? BEFORE_READS.get(reads) : LATER;
  }

  /**
   * @param writes that were refused or got no answer, from 1
   */
  static Duration afterWrite(int writes) {
    return FIRST_AFTER_WRITE.multipliedBy(1L << Math.clamp(writes - 1, 0, MAX_DOUBLINGS));
  }
}
