package dev.holdfast.dataplane.config;

import dev.holdfast.dataplane.failover.FailoverPolicy;
import dev.holdfast.dataplane.failover.FailoverState.Floor;
import dev.holdfast.dataplane.hooks.Hook;
import dev.holdfast.dataplane.relay.RelayOptions;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One FailoverProxy as the data plane runs it.
 *
 * @param version which manifest it was made of
 * @param floor the primary of the process before; counts at the start only
 * @param drainTimeout how long connections may go on when the resource stops
 * @param alone no other data plane serves these clients: the only replica, or not in a cluster
 * @param agreement null when this process decides alone
 */
public record ProxyConfig(
    ResourceKey key,
    Version version,
    @Nullable Floor floor,
    FailoverPolicy policy,
    List<HealthCheck> checks,
    List<Hook> hooks,
    RelayOptions relay,
    NoPrimaryPolicy whileNoPrimary,
    Duration connectTimeout,
    Duration drainTimeout,
    boolean alone,
    @Nullable AgreementConfig agreement)
    implements ResourceConfig {

  public ProxyConfig {
    checks = List.copyOf(checks);
    hooks = List.copyOf(hooks);
  }

  /**
   * @param uid null outside a cluster
   * @param generation 0 outside a cluster
   */
  public record Version(@Nullable String uid, long generation) {

    /** A manifest of the same resource that is older than this one comes late and is ignored. */
    public boolean isNewerThan(Version other) {
      return uid != null && uid.equals(other.uid) && generation > other.generation;
    }
  }
}
