package dev.holdfast.dataplane.relay;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What a relay counts; any thread. */
final class RelayCounters {
  final LongAdder accepted = new LongAdder();
  final LongAdder acceptPauses = new LongAdder();
  private final Map<EndReason, LongAdder> ended = new EnumMap<>(EndReason.class);
  private final Map<String, BackendCounters> backends = new ConcurrentHashMap<>();

  RelayCounters() {
    for (var reason : EndReason.values()) {
      ended.put(reason, new LongAdder());
    }
  }

  LongAdder ended(EndReason reason) {
    return Objects.requireNonNull(ended.get(reason));
  }

  BackendCounters backend(String name) {
    return backends.computeIfAbsent(name, n -> new BackendCounters());
  }

  Map<String, BackendCounters> backends() {
    return new TreeMap<>(backends);
  }

  /** Forgets backends that are gone from the configuration and have no connection left. */
  void retain(Set<String> configured) {
    backends.entrySet().removeIf(e -> !configured.contains(e.getKey()) && e.getValue().open() == 0);
  }

  ConnectionCounts counts(int clients, int held) {
    var byBackend = new TreeMap<String, ConnectionCounts.Backend>();
    backends.forEach((name, counters) -> byBackend.put(name, counters.counts()));
    return new ConnectionCounts(accepted.sum(), rejected(), clients, held, byBackend);
  }

  private long rejected() {
    return ended.entrySet().stream()
        .filter(entry -> entry.getKey().rejects())
        .mapToLong(entry -> entry.getValue().sum())
        .sum();
  }
}
