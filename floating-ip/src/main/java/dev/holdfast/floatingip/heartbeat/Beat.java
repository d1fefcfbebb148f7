package dev.holdfast.floatingip.heartbeat;

import java.time.Duration;
import java.time.Instant;

/** What became of one heartbeat. */
sealed interface Beat {

  /** It was answered, 200 being the only good answer. */
  record Sent(int status) implements Beat {
    @Override
    public String toString() {
      return status == 200
          ? "the heartbeat is answered with 200"
          : "expected 200 as the answer to the heartbeat, found " + status;
    }
  }

  record Lost(String reason) implements Beat {
    @Override
    public String toString() {
      return "the heartbeat is not answered: " + reason;
    }
  }

  /** It was not sent, because the loop stands still. */
  record HeldBack(Duration idle) implements Beat {
    @Override
    public String toString() {
      return "the heartbeat is held back, because there was no progress for "
          + idle.toSeconds()
          + "s";
    }
  }

  /** Whether one would say of it what was said of the other. */
  default boolean isLike(Beat other) {
    return switch (this) {
      case Sent _, Lost _ -> equals(other);
      case HeldBack _ -> other instanceof HeldBack;
    };
  }

  /** When the next one is due: a whole number of intervals later, and not in the past. */
  static Instant following(Instant due, Duration interval, Instant now) {
    var late = Duration.between(due, now);
    var passed = late.isNegative() ? 0 : late.dividedBy(interval);
    return due.plus(interval.multipliedBy(passed + 1));
  }
}
