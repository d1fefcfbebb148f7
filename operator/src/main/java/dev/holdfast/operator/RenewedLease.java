package dev.holdfast.operator;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaderElectionRecord;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * A Lease that knows when it was renewed last. The elector looks at the clock from time to time: a
 * process that stood still meanwhile would take itself for the leader until it does.
 */
final class RenewedLease extends LeaseLock {

  private final InstantSource clock;
  private volatile Instant renewedAt = Instant.EPOCH;

  RenewedLease(String namespace, String name, String identity, InstantSource clock) {
    super(namespace, name, identity);
    this.clock = clock;
  }

  /** Whether it was renewed within this time. */
  boolean isFresh(Duration within) {
    return clock.instant().isBefore(renewedAt.plus(within));
  }

  @Override
  public synchronized void create(KubernetesClient client, LeaderElectionRecord leader) {
    var at = clock.instant();
    super.create(client, leader);
    renewedAt = at;
  }

  @Override
  public synchronized void update(KubernetesClient client, LeaderElectionRecord leader) {
    var at = clock.instant();
    super.update(client, leader);
    renewedAt = at;
  }
}
