package dev.holdfast.dataplane.config;

import dev.holdfast.dataplane.agreement.replica.ReplicaAddress;
import java.time.Duration;
import java.util.List;

/**
 * How the replicas of a resource agree.
 *
 * @param verdictAge beyond which what a replica found out is no vote
 * @param replicas how many there are in a cluster
 * @param peers outside a cluster: all of them, this one included
 */
public record AgreementConfig(
    Duration leaseDuration,
    Duration verdictAge,
    int replicas,
    List<ReplicaAddress> peers,
    RecordedGroup recorded) {

  public AgreementConfig {
    peers = List.copyOf(peers);
  }
}
