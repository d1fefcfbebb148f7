package dev.holdfast.api.dataplane;

import dev.holdfast.api.dataplane.DataPlaneStatus.Agreement;
import dev.holdfast.api.dataplane.DataPlaneStatus.RefusedConfig;
import org.jspecify.annotations.Nullable;

/** What a data plane says of a resource whose clients it relays, whichever kind that is. */
public sealed interface DataPlaneReport extends ResourceStatus
    permits DataPlaneStatus, StickyBalancerReport {

  /** The pod's name, or the host's. */
  String instance();

  /** Of the configuration that is running; 0 outside a cluster, and when nothing runs. */
  long generation();

  /** The newest configuration that was not taken. */
  @Nullable RefusedConfig refused();

  /** Null for a data plane that decides by itself. */
  @Nullable Agreement agreement();
}
