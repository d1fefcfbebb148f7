package dev.holdfast.dataplane.agreement.member;

import dev.holdfast.dataplane.agreement.Moment;
import dev.holdfast.dataplane.agreement.lease.Lease;
import dev.holdfast.dataplane.agreement.ledger.Tenure;
import org.jspecify.annotations.Nullable;

/**
 * What the relay was told.
 *
 * @param open whom clients are admitted to; null while they are not
 * @param until when connections may move bytes; null while there are none
 * @param fence under which they were made
 * @param severing whether they are being cut
 */
record Relays(@Nullable Tenure open, @Nullable Moment until, long fence, boolean severing) {

  static Relays none() {
    return new Relays(null, null, 0, false);
  }

  /** Whether there may be connections. */
  boolean used() {
    return until != null;
  }

  Relays admitted(Tenure tenure, Lease lease) {
    return new Relays(tenure, lease.until(), lease.fence(), false);
  }

  Relays prolonged(Lease lease) {
    return new Relays(open, lease.until(), fence, severing);
  }

  Relays withdrawn() {
    return new Relays(null, until, fence, severing);
  }

  Relays sever() {
    return new Relays(null, until, fence, true);
  }

  Relays severed() {
    return severing ? none() : this;
  }
}
