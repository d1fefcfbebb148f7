package dev.holdfast.faults.check;

import dev.holdfast.faults.record.Observation;
import dev.holdfast.faults.record.Observation.HookBegun;
import dev.holdfast.faults.record.Observation.HookEnded;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * When each epoch may have been served, by what its hooks and those of later epochs wrote down.
 * Hooks begin only when nobody can act on older epochs any more, and clients come only when they
 * have ended: so an epoch is served from the first end of its hooks to the first begin of the hooks
 * of any later epoch.
 */
final class Epochs {
  private final TreeMap<Long, Epoch> epochs = new TreeMap<>();

  /**
   * @param hooksEndedAt {@link Long#MAX_VALUE} when they never did
   * @param fencedAt {@link Long#MAX_VALUE} for the newest one
   */
  record Epoch(long number, String backend, long hooksEndedAt, long fencedAt) {
    private Epoch ended(long at) {
      return new Epoch(number, backend, Math.min(at, hooksEndedAt), fencedAt);
    }

    private Epoch fenced(long at) {
      return new Epoch(number, backend, hooksEndedAt, Math.min(at, fencedAt));
    }
  }

  Epochs(List<Observation> inOrder) {
    for (var observation : inOrder) {
      if (observation instanceof HookBegun(var at, var epoch, var backend, var run)) {
        epochs.putIfAbsent(epoch, new Epoch(epoch, backend, Long.MAX_VALUE, Long.MAX_VALUE));
        epochs.headMap(epoch).replaceAll((_, older) -> older.fenced(at));
      } else if (observation instanceof HookEnded(var at, var epoch, var backend, var run)) {
        epochs.computeIfPresent(epoch, (_, known) -> known.ended(at));
      }
    }
  }

  Collection<Epoch> all() {
    return epochs.values();
  }

  /** The newest in which this backend can have been given a client at that time. */
  Optional<Epoch> admitting(String backend, long at) {
    return epochs.descendingMap().values().stream()
        .filter(epoch -> epoch.backend().equals(backend) && epoch.hooksEndedAt() <= at)
        .findFirst();
  }
}
