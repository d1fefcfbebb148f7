package dev.holdfast.dataplane.agreement.stick;

import dev.holdfast.dataplane.agreement.Incarnation;
import org.jspecify.annotations.Nullable;

/**
 * How far a member's newest process was heard. What it says is numbered, and said again until it is
 * heard; the log may have it twice.
 *
 * @param heard serial of the newest that had effect; 0 for none
 * @param former the process before, whose requests may still come; null for none
 */
public record Lane(long incarnation, long heard, @Nullable Long former) {

  static Lane of(Incarnation first) {
    return new Lane(first.number(), 0, null);
  }

  boolean isOf(Incarnation process) {
    return process.number() == incarnation;
  }

  Lane takenBy(Incarnation next) {
    return isOf(next) ? this : new Lane(next.number(), 0, incarnation);
  }

  Lane heard(long serial) {
    return new Lane(incarnation, serial, former);
  }
}
