package dev.holdfast.floatingip.hetzner.assign;

import java.time.Duration;

/**
 * Bounds of one move.
 *
 * @param timeout from the first read to the read that finds the IP at its server
 * @param verifyTimeout for an answer through the moved IP; zero when nobody probes
 * @param maxWrites how often the assignment is asked for at most
 */
public record AssignmentPolicy(Duration timeout, Duration verifyTimeout, int maxWrites) {

  public static AssignmentPolicy defaults() {
    return new AssignmentPolicy(Duration.ofSeconds(30), Duration.ofSeconds(10), 5);
  }

  public boolean verifies() {
    return verifyTimeout.isPositive();
  }
}
