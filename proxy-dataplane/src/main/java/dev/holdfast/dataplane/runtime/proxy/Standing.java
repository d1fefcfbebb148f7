package dev.holdfast.dataplane.runtime.proxy;

import dev.holdfast.api.dataplane.DataPlaneStatus.Agreement;
import dev.holdfast.dataplane.failover.BackendState;
import dev.holdfast.dataplane.failover.FailoverState.LastFailover;
import dev.holdfast.dataplane.failover.Primary;
import dev.holdfast.dataplane.hooks.HookRun;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a decider has to tell at one moment.
 *
 * @param primary null while there is none
 * @param backends by name
 * @param hooks of the newest primary
 * @param agreement null for who decides alone
 */
record Standing(
    @Nullable Primary primary,
    Map<String, BackendState> backends,
    @Nullable LastFailover lastFailover,
    List<HookRun> hooks,
    @Nullable Agreement agreement) {

  Standing {
    backends = Map.copyOf(backends);
    hooks = List.copyOf(hooks);
  }

  static Standing nothing() {
    return new Standing(null, Map.of(), null, List.of(), null);
  }
}
