package dev.holdfast.dataplane.state;

import dev.holdfast.dataplane.config.ResourceKey;
import dev.holdfast.dataplane.failover.FailoverState.Floor;
import dev.holdfast.dataplane.failover.FailoverState.Unfinished;
import dev.holdfast.dataplane.failover.Reason;
import org.jspecify.annotations.Nullable;

/**
 * The newest primary of one resource, as it is written down.
 *
 * @param uid null outside a cluster
 * @param backend the primary's name
 * @param hooksEnded false from before the first hook begins until the last one has ended
 * @param reason why it was chosen; when its hooks have ended, only if a person asked for it
 * @param left the primary before it, if there was one; only while its hooks have not ended
 */
public record SavedPrimary(
    ResourceKey key,
    @Nullable String uid,
    String backend,
    long epoch,
    boolean hooksEnded,
    @Nullable Reason reason,
    @Nullable String left) {

  /** Where a process that starts anew goes on. */
  public Floor floor() {
    return reason == null || hooksEnded
        ? new Floor(backend, epoch, reason == Reason.Switchover, null)
        : new Floor(backend, epoch, false, new Unfinished(reason, left));
  }

  /**
   * The one that is newer of what the manifest and what this file say. The same epoch means that
   * the file is as new; but what the manifest tells of was admitted, so that its hooks had ended.
   */
  public static @Nullable Floor newest(@Nullable Floor manifest, @Nullable SavedPrimary saved) {
    if (manifest == null || saved == null) {
      return manifest != null ? manifest : saved == null ? null : saved.floor();
    }
    var savedIsNewer =
        saved.epoch() > manifest.epoch() || (saved.epoch() == manifest.epoch() && saved.hooksEnded);
    return savedIsNewer ? saved.floor() : manifest;
  }
}
