package dev.holdfast.dataplane.relay;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongPredicate;

/** Clients that wait for a target, a turn or a router, in the order they came; any thread. */
final class ParkingLot {
  /** The failed epoch of a client that has not failed yet. */
  static final long NO_EPOCH = Long.MIN_VALUE;

  /**
   * @param counts for the limit
   */
  record Stay(long failedEpoch, boolean counts) {}

  private final Map<Waiting, Stay> waiting = new LinkedHashMap<>();
  private int counting;

  /** False when the stay counts, and {@code limit} of those that do are there already. */
  synchronized boolean enter(Waiting client, Stay stay, int limit) {
    if ((stay.counts && counting >= limit) || waiting.putIfAbsent(client, stay) != null) {
      return false;
    }
    counting += stay.counts ? 1 : 0;
    return true;
  }

  /** True for exactly one caller per stay: that one decides what becomes of the client. */
  synchronized boolean leave(Waiting client) {
    var stay = waiting.remove(client);
    if (stay == null) {
      return false;
    }
    counting -= stay.counts ? 1 : 0;
    return true;
  }

  /** Lets go everybody, in order. */
  void releaseAll() {
    takeAll(failed -> true).forEach(client -> client.released(NO_EPOCH));
  }

  /** Lets go, in order, whoever has not failed under this epoch. */
  void release(long epoch) {
    takeAll(failed -> failed != epoch).forEach(client -> client.released(epoch));
  }

  /** Lets go, in order, whoever has failed under this epoch. */
  void releaseFailed(long epoch) {
    takeAll(failed -> failed == epoch).forEach(client -> client.released(epoch));
  }

  /** Lets go the first one who has not failed under this epoch. */
  void releaseFirst(long epoch) {
    takeFirstBut(epoch).ifPresent(client -> client.released(epoch));
  }

  synchronized boolean hasWaitingFor(long epoch) {
    return waiting.values().stream().anyMatch(stay -> stay.failedEpoch != epoch);
  }

  private synchronized Optional<Waiting> takeFirstBut(long failedEpoch) {
    var first =
        waiting.entrySet().stream()
            .filter(entry -> entry.getValue().failedEpoch != failedEpoch)
            .map(Map.Entry::getKey)
            .findFirst();
    first.ifPresent(this::leave);
    return first;
  }

  private synchronized List<Waiting> takeAll(LongPredicate byFailedEpoch) {
    var released = new ArrayList<Waiting>();
    waiting.forEach((client, stay) -> {
      if (byFailedEpoch.test(stay.failedEpoch)) {
        released.add(client);
      }
    });
    released.forEach(this::leave);
    return released;
  }

  synchronized int size() {
    return waiting.size();
  }
}
