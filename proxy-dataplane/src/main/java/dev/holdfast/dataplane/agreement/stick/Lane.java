package dev.holdfast.dataplane.agreement.stick;

import dev.holdfast.dataplane.agreement.Incarnation;

/**
 * How far a member's newest process was heard. What it says is numbered, and said again until it is
 * heard; the log may have it twice.
 *
 * @param heard serial of the newest that had effect; 0 for none
 */
public record Lane(long incarnation, long heard) {

  static Lane of(Incarnation first) {
    return new Lane(first.number(), 0);
  }

  boolean isOf(Incarnation process) {
    return process.number() == incarnation;
  }

  Lane takenBy(Incarnation next) {
    return isOf(next) ? this : of(next);
  }

  Lane heard(long serial) {
    return new Lane(incarnation, serial);
  }
}
