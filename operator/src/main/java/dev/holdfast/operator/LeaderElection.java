package dev.holdfast.operator;

import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfig;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds a Lease while this process leads, and gives it back at the end. Generous times: traffic
 * does not need a leader, and an API server that restarts, or is away for half a minute, shall not
 * depose one.
 */
final class LeaderElection implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(LeaderElection.class);

  private static final Duration LEASE = Duration.ofSeconds(45);
  private static final Duration RENEW_DEADLINE = Duration.ofSeconds(35);
  private static final Duration RETRY = Duration.ofSeconds(3);

  /** No single request may outlast the deadline: the elector looks at the clock between them. */
  private static final Duration REQUEST = Duration.ofSeconds(4);

  private final KubernetesClient client;
  private final CompletableFuture<?> election;
  private final RenewedLease lease;

  private LeaderElection(
      KubernetesClient client, CompletableFuture<?> election, RenewedLease lease) {
    this.client = client;
    this.election = election;
    this.lease = lease;
  }

  /** Whether nobody else can lead now, if this process was elected. */
  boolean isCertain() {
    return lease.isFresh(RENEW_DEADLINE);
  }

  /**
   * @param elected called once, on a thread of the elector
   * @param deposed called once after that, when somebody else may lead from now on
   */
  static LeaderElection start(
      OperatorOptions options, String leaseName, Runnable elected, Runnable deposed) {
    var client =
        new KubernetesClientBuilder()
            .withConfig(
                new ConfigBuilder()
                    .withRequestTimeout((int) REQUEST.toMillis())
                    .withRequestRetryBackoffLimit(0)
                    .build())
            .build();
    var callbacks =
        new LeaderCallbacks(elected, deposed, leader -> log.info("the leader is {}", leader));
    var lock =
        new RenewedLease(
            options.operatorNamespace(), leaseName, options.identity(), InstantSource.system());
    var config =
        new LeaderElectionConfig(lock, LEASE, RENEW_DEADLINE, RETRY, callbacks, true, leaseName);
    var election = client.leaderElector().withConfig(config).build().start();
    return new LeaderElection(client, election, lock);
  }

  @Override
  public void close() {
    election.cancel(true);
    client.close();
  }
}
