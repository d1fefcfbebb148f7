package dev.holdfast.dataplane.config;

import dev.holdfast.dataplane.relay.RelayOptions;
import dev.holdfast.dataplane.sticky.Balance;
import dev.holdfast.dataplane.sticky.Stickiness;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One StickyBalancer as the data plane runs it.
 *
 * @param groups each with another id and another name
 * @param alone no other data plane serves these clients: the only replica, or not in a cluster
 * @param agreement null when this process has a table of its own
 */
public record BalancerConfig(
    ResourceKey key,
    ProxyConfig.Version version,
    List<BalancedGroup> groups,
    Stickiness stickiness,
    Balance balance,
    NoGroupPolicy whileNoGroup,
    GroupHealth health,
    RelayOptions relay,
    Duration connectTimeout,
    Duration drainTimeout,
    boolean alone,
    @Nullable AgreementConfig agreement)
    implements ResourceConfig {

  public BalancerConfig {
    groups = List.copyOf(groups);
  }
}
