package dev.holdfast.dataplane.agreement.stick.member;

import dev.holdfast.dataplane.agreement.Moment;
import java.time.Duration;

/**
 * The table's time while this process's words on it count.
 *
 * @param since when it found that they do
 * @param from the table's seconds then
 */
record Reigning(Moment since, int from) {

  /** In the table's seconds; stands still rather than end. */
  int seconds(Moment now) {
    var passed = Duration.ofNanos(now.nanos() - since.nanos()).toSeconds();
    return (int) Math.min(Integer.MAX_VALUE, from + passed);
  }

  /** When it will be one second later. */
  Moment next(Moment now) {
    return since.plus(Duration.ofSeconds(1L + seconds(now) - from));
  }
}
