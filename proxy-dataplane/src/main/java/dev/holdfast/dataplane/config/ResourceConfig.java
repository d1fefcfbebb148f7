package dev.holdfast.dataplane.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One resource as the data plane runs it. */
public sealed interface ResourceConfig permits ProxyConfig, BalancerConfig {

  ResourceKey key();

  /** Which manifest it was made of. */
  ProxyConfig.Version version();

  /** How long connections may go on when the resource stops. */
  Duration drainTimeout();

  /** Null when this process decides alone. */
  @Nullable AgreementConfig agreement();

  /** Whether no other data plane serves these clients: the only replica, or not in a cluster. */
  boolean alone();
}
