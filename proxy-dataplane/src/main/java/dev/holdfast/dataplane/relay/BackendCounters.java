package dev.holdfast.dataplane.relay;

import dev.holdfast.dataplane.relay.RelayEvents.ConnectFailure;
import dev.holdfast.dataplane.relay.transport.Direction;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** One backend's figures; any thread. */
final class BackendCounters {
  final LongAdder connected = new LongAdder();
  private final AtomicInteger open = new AtomicInteger();
  private final Map<Direction, LongAdder> bytes = new EnumMap<>(Direction.class);
  private final Map<ConnectFailure.Kind, LongAdder> failures =
      new EnumMap<>(ConnectFailure.Kind.class);

  BackendCounters() {
    for (var direction : Direction.values()) {
      bytes.put(direction, new LongAdder());
    }
    for (var kind : ConnectFailure.Kind.values()) {
      failures.put(kind, new LongAdder());
    }
  }

  /** Takes one of {@code limit} places (0: no limit); each taken one is to be left once. */
  boolean enter(int limit) {
    if (open.incrementAndGet() <= limit || limit == 0) {
      return true;
    }
    open.decrementAndGet();
    return false;
  }

  void leave() {
    open.decrementAndGet();
  }

  int open() {
    return open.get();
  }

  /** The sum of one direction; the pair keeps it at hand instead of looking it up per read. */
  LongAdder bytes(Direction direction) {
    return get(bytes, direction);
  }

  LongAdder failures(ConnectFailure.Kind kind) {
    return get(failures, kind);
  }

  ConnectionCounts.Backend counts() {
    return new ConnectionCounts.Backend(
        open(),
        connected.sum(),
        failures.values().stream().mapToLong(LongAdder::sum).sum(),
        bytes(Direction.ToBackend).sum(),
        bytes(Direction.ToClient).sum());
  }

  private static <K> LongAdder get(Map<K, LongAdder> map, K key) {
    return Objects.requireNonNull(map.get(key));
  }
}
