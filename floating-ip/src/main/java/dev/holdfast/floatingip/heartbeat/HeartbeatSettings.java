package dev.holdfast.floatingip.heartbeat;

import dev.holdfast.floatingip.web.SecretUrl;
import java.time.Duration;

/**
 * Where and how often.
 *
 * @param interval from one to the next
 * @param timeout for one of them
 * @param patience how long the loop may be without progress before its heart counts as stopped
 */
public record HeartbeatSettings(
    SecretUrl url, Duration interval, Duration timeout, Duration patience) {

  public HeartbeatSettings {
    if (!interval.isPositive() || !timeout.isPositive() || !patience.isPositive()) {
      throw new IllegalArgumentException(
          "expected an interval, a timeout and a patience above 0, found %s, %s and %s"
              .formatted(interval, timeout, patience));
    }
  }
}
