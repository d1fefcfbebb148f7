package dev.holdfast.dataplane.agreement;

import java.time.Duration;

/**
 * A time by the monotonic clock of one process. It means nothing to another process, and so it is
 * in no command.
 *
 * @param nanos since some beginning; below 2^63, and never going back
 */
public record Moment(long nanos) implements Comparable<Moment> {

  public Moment plus(Duration duration) {
    return new Moment(nanos + duration.toNanos());
  }

  public boolean isBefore(Moment other) {
    return nanos < other.nanos;
  }

  /** Whether this long has passed since a time before. */
  public boolean isPast(Moment since, Duration duration) {
    return !isBefore(since.plus(duration));
  }

  @Override
  public int compareTo(Moment other) {
    return Long.compare(nanos, other.nanos);
  }
}
