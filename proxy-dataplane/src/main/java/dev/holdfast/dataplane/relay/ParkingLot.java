package dev.holdfast.dataplane.relay;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongPredicate;

/** Clients that wait for a target or for their turn, in the order they came; any thread. */
final class ParkingLot {
  /** The failed epoch of a client that has not failed yet. */
  static final long NO_EPOCH = Long.MIN_VALUE;

  private final Map<Waiting, Long> waiting = new LinkedHashMap<>();

  /** False when {@code limit} clients wait already. */
  synchronized boolean enter(Waiting client, long failedEpoch, int limit) {
    return waiting.size() < limit && waiting.putIfAbsent(client, failedEpoch) == null;
  }

  /** True for exactly one caller per stay: that one decides what becomes of the client. */
  synchronized boolean leave(Waiting client) {
    return waiting.remove(client) != null;
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
    return waiting.values().stream().anyMatch(failed -> failed != epoch);
  }

  private synchronized Optional<Waiting> takeFirstBut(long failedEpoch) {
    var first =
        waiting.entrySet().stream()
            .filter(entry -> entry.getValue() != failedEpoch)
            .map(Map.Entry::getKey)
            .findFirst();
    first.ifPresent(waiting::remove);
    return first;
  }

  private synchronized List<Waiting> takeAll(LongPredicate byFailedEpoch) {
    var released = new ArrayList<Waiting>();
    waiting.forEach((client, epoch) -> {
      if (byFailedEpoch.test(epoch)) {
        released.add(client);
      }
    });
    released.forEach(waiting::remove);
    return released;
  }

  synchronized int size() {
    return waiting.size();
  }
}
