package dev.holdfast.dataplane.runtime;

import dev.holdfast.dataplane.agreement.replica.Replica;
import dev.holdfast.dataplane.agreement.replica.ReplicaMessage;
import dev.holdfast.dataplane.failover.Backoff;
import dev.holdfast.health.probe.DecisionLoop;
import java.time.Duration;
import java.util.function.LongPredicate;

/**
 * Tells the leader of a client's failed connect, and tells it again while this replica does not
 * reach the primary: a message may be lost, and who leads asks the others only so often. Confined
 * to the decision loop.
 */
final class Complaints {
  /** Longer than a leader takes until it asks again. */
  private static final Duration FIRST_PAUSE = Backoff.MIN.multipliedBy(2);

  private final DecisionLoop loop;
  private final Replica replica;
  private final LongPredicate stillLost;
  private long repeated;

  /**
   * @param stillLost whether a complaint of this epoch is worth repeating
   */
  Complaints(DecisionLoop loop, Replica replica, LongPredicate stillLost) {
    this.loop = loop;
    this.replica = replica;
    this.stillLost = stillLost;
  }

  /**
   * @param longestPause between two complaints
   */
  void of(long epoch, Duration longestPause) {
    replica.tellLeader(new ReplicaMessage.ConnectFailed(epoch));
    if (repeated != epoch) {
      repeated = epoch;
      again(epoch, FIRST_PAUSE, longestPause);
    }
  }

  private void again(long epoch, Duration pause, Duration longestPause) {
    loop.after(
        pause,
        () -> {
          if (repeated == epoch && stillLost.test(epoch)) {
            replica.tellLeader(new ReplicaMessage.ConnectFailed(epoch));
            var twice = pause.multipliedBy(2);
            again(epoch, twice.compareTo(longestPause) < 0 ? twice : longestPause, longestPause);
          } else if (repeated == epoch) {
            repeated = 0;
          }
        });
  }
}
