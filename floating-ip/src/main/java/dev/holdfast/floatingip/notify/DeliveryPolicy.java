package dev.holdfast.floatingip.notify;

import java.time.Duration;

/**
 * How messages are sent.
 *
 * @param capacity messages that wait at most; the oldest one makes room
 * @param largestBatch messages told in one call at most
 * @param gather how long a message waits for others that come together with it
 * @param timeout for one call
 * @param attempts calls for one batch at most
 * @param firstPause before the second attempt; pauses double, a minute at most
 */
public record DeliveryPolicy(
    int capacity,
    int largestBatch,
    Duration gather,
    Duration timeout,
    int attempts,
    Duration firstPause) {

  /** Gives up after about four minutes. */
  public static DeliveryPolicy standard() {
    return new DeliveryPolicy(
        100, 20, Duration.ofSeconds(1), Duration.ofSeconds(10), 10, Duration.ofSeconds(1));
  }
}
