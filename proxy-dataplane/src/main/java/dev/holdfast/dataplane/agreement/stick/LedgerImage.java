package dev.holdfast.dataplane.agreement.stick;

import dev.holdfast.dataplane.agreement.MemberId;
import dev.holdfast.dataplane.sticky.MachineImage;
import java.util.Map;

/**
 * A ledger as it is at one index. Taken in some milliseconds for a million keys, and written down
 * by whoever has the time for it.
 */
public record LedgerImage(
    long index,
    LedgerHead head,
    Map<MemberId, Lane> lanes,
    FencesImage fences,
    MachineImage machine) {

  public LedgerImage {
    lanes = Map.copyOf(lanes);
  }
}
