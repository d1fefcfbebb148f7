package dev.holdfast.dataplane.config;

import java.time.Duration;

/** One resource as the data plane runs it. */
public sealed interface ResourceConfig permits ProxyConfig, BalancerConfig {

  ResourceKey key();

  /** Which manifest it was made of. */
  ProxyConfig.Version version();

  /** How long connections may go on when the resource stops. */
  Duration drainTimeout();

  /** Whether no other data plane serves these clients: the only replica, or not in a cluster. */
  boolean alone();
}
