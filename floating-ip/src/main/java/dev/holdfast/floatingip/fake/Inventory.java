package dev.holdfast.floatingip.fake;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** All objects of a project at one moment; never changes. */
record Inventory(
    SortedMap<Long, FakeServer> servers,
    SortedMap<Long, FakeFloatingIp> ips,
    SortedMap<Long, FakeAction> actions) {
  /** Older ones are forgotten, as the real API does in time. */
  private static final int MAX_ACTIONS = 10_000;

  static Inventory empty() {
    return new Inventory(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
  }

  Inventory with(FakeServer server) {
    return new Inventory(put(servers, server.id(), server), ips, actions);
  }

  Inventory with(FakeFloatingIp ip) {
    return new Inventory(servers, put(ips, ip.id(), ip), actions);
  }

  Inventory with(FakeAction action) {
    var next = new TreeMap<>(actions);
    next.put(action.id(), action);
    if (next.size() > MAX_ACTIONS) {
      next.pollFirstEntry();
    }
    return new Inventory(servers, ips, Collections.unmodifiableSortedMap(next));
  }

  Inventory without(FakeFloatingIp ip) {
    var next = new TreeMap<>(ips);
    next.remove(ip.id());
    return new Inventory(servers, Collections.unmodifiableSortedMap(next), actions);
  }

  /** An action that runs on an object locks it. */
  boolean locked(String type, long id) {
    return actions.values().stream().anyMatch(a -> a.running() && a.concerns(type, id));
  }

  private static <T> SortedMap<Long, T> put(SortedMap<Long, T> map, long id, T value) {
    var next = new TreeMap<>(map);
    next.put(id, value);
    return Collections.unmodifiableSortedMap(next);
  }
}
