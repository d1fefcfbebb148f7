package dev.holdfast.dataplane.agreement.ledger;

import dev.holdfast.dataplane.failover.Reason;

/**
 * A primary in its epoch.
 *
 * @param generation of the configuration that it was chosen by; who has an older one does not admit
 * @param hooked whether hooks run before clients are admitted
 */
public record Tenure(Target target, long epoch, long generation, Reason reason, boolean hooked) {

  public String name() {
    return target.name();
  }
}
