package dev.holdfast.dataplane.relay;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Clients that wait for a target, in the order they came; any thread. */
final class ParkingLot {
  /** The failed epoch of a client that has not failed yet. */
  static final long NO_EPOCH = Long.MIN_VALUE;

  private final Map<Client, Long> waiting = new LinkedHashMap<>();

  /** False when {@code limit} clients wait already. */
  synchronized boolean enter(Client client, long failedEpoch, int limit) {
    return waiting.size() < limit && waiting.putIfAbsent(client, failedEpoch) == null;
  }

  /** True for exactly one caller per stay: that one decides what becomes of the client. */
  synchronized boolean leave(Client client) {
    return waiting.remove(client) != null;
  }

  /** Lets go, in order, whoever has not failed under this target's epoch. */
  void release(Target target) {
    takeAllBut(target.epoch()).forEach(Client::released);
  }

  private synchronized List<Client> takeAllBut(long failedEpoch) {
    var released = new ArrayList<Client>();
    waiting.forEach((client, epoch) -> {
      if (epoch != failedEpoch) {
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
