package dev.holdfast.dataplane.config;

import static dev.holdfast.api.GatewayDuration.parse;

import dev.holdfast.api.v1alpha1.Agreement.Mode;
import dev.holdfast.api.v1alpha1.Connections.OnPrimaryChange;
import dev.holdfast.api.v1alpha1.FailoverProxySpec;
import dev.holdfast.api.v1alpha1.Peer;
import dev.holdfast.api.v1alpha1.Replication.Consistency;
import dev.holdfast.api.v1alpha1.Selection;
import dev.holdfast.api.v1alpha1.StickyBalancerSpec;
import dev.holdfast.dataplane.agreement.replica.ReplicaAddress;
import dev.holdfast.manifest.Manifest;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether the replicas of a resource agree, and how. */
final class AgreementConverter {
  /** With these, a majority bears the loss of one, two or three. */
  private static final Set<Integer> COUNTS = Set.of(3, 5, 7);

  /** Of a table; it waits for a lease's end only when a replica is gone. */
  private static final Duration TABLE_LEASE = Duration.ofSeconds(3);

  /** How much longer than a try a verdict counts that no check renews. */
  private static final int TRIES = 3;

  private AgreementConverter() {}

  /**
   * @param tried how long a try of a backend may take
   * @return null when this process decides alone
   * @throws IllegalArgumentException when they cannot agree as it is written
   */
  static @Nullable AgreementConfig agreement(
      Manifest manifest, FailoverProxySpec spec, List<HealthCheck> checks, Duration tried) {
    var inCluster = manifest.uid() != null;
    var count = inCluster ? spec.replicas() : spec.peers().size();
    if (!isWanted(spec, count)) {
      return null;
    }
    validate(spec, count, inCluster);
    return new AgreementConfig(
        parse(spec.agreement().leaseDuration()),
        verdictAge(checks, tried),
        spec.replicas(),
        addresses(spec.peers()),
        RecordedGroup.of(manifest));
  }

  /**
   * @return null when this process has a table of its own
   */
  static @Nullable AgreementConfig agreement(
      Manifest manifest, StickyBalancerSpec spec, List<BalancedGroup> groups) {
    var inCluster = manifest.uid() != null;
    var count = inCluster ? spec.replicas() : spec.peers().size();
    var alone = count == (inCluster ? 1 : 0);
    if (spec.replication().consistency() == Consistency.Local || alone) {
      return null;
    }
    requireCount(count, inCluster, "replication.consistency to Local");
    var checks =
        groups.stream().flatMap(group -> group.checks().stream()).map(GroupCheck::check).toList();
    return new AgreementConfig(
        TABLE_LEASE,
        verdictAge(checks, TABLE_LEASE),
        spec.replicas(),
        addresses(spec.peers()),
        RecordedGroup.of(manifest));
  }

  private static List<ReplicaAddress> addresses(List<Peer> peers) {
    return peers.stream()
        .map(peer -> new ReplicaAddress(peer.name(), peer.host(), peer.port()))
        .toList();
  }

  private static boolean isWanted(FailoverProxySpec spec, int count) {
    return switch (spec.agreement().mode()) {
      case None -> false;
      case Raft -> true;
      case Auto -> spec.selection().mode() == Selection.Mode.Primary && count >= 3;
    };
  }

  private static void validate(FailoverProxySpec spec, int count, boolean inCluster) {
    if (spec.agreement().mode() == Mode.Raft
        && spec.selection().mode() == Selection.Mode.FirstHealthy) {
      throw new IllegalArgumentException(
          "expected selection.mode Primary with agreement.mode Raft, found FirstHealthy, which"
              + " needs no agreement");
    }
    requireCount(count, inCluster, "agreement.mode to None");
    var change = spec.connections().onPrimaryChange().policy();
    if (change != OnPrimaryChange.Policy.Sever) {
      throw new IllegalArgumentException(
          "expected connections.onPrimaryChange.policy Sever where replicas agree, found "
              + change);
    }
  }

  private static void requireCount(int count, boolean inCluster, String otherwise) {
    if (!COUNTS.contains(count)) {
      throw new IllegalArgumentException(
          inCluster
              ? "expected 3, 5 or 7 replicas to agree, found " + count
              : "expected 3, 5 or 7 data planes in spec.peers to agree, this one included, found %d;"
                      .formatted(count)
                  + " list them, or set "
                  + otherwise);
    }
  }

  /** One run of a check may be lost; without checks, replicas try when they are asked. */
  private static Duration verdictAge(List<HealthCheck> checks, Duration tried) {
    return checks.stream()
        .filter(HealthCheck::periodic)
        .map(check ->
            check.settings().schedule().interval().multipliedBy(2).plus(check.settings().timeout()))
        .max(Duration::compareTo)
        .orElse(tried.multipliedBy(TRIES));
  }
}
