package dev.holdfast.floatingip.fake;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** What one customer has. Time passes when it is looked at. Confined to the cloud's lock. */
final class Project {
  /** How far back a stale read may look. */
  private static final int MAX_HISTORY = 256;

  private record Due(Instant at, long order, Runnable change) {}

  private record Past(Instant until, Inventory inventory) {}

  private final FakeSettings settings;
  private final TokenBucket bucket;
  private final PriorityQueue<Due> due =
      new PriorityQueue<>(Comparator.comparing(Due::at).thenComparingLong(Due::order));
  private final Deque<Past> history = new ArrayDeque<>();
  private Inventory inventory;
  private Instant now;
  private long lastOrder;
  private long lastId;

  Project(FakeSettings settings, Inventory inventory, Instant now) {
    this.settings = settings;
    this.inventory = inventory;
    this.bucket = new TokenBucket(settings.callsPerHour(), now);
    this.now = now;
    this.lastId = 100_000;
  }

  FakeSettings settings() {
    return settings;
  }

  TokenBucket bucket() {
    return bucket;
  }

  Inventory inventory() {
    return inventory;
  }

  Instant now() {
    return now;
  }

  /** Lets everything happen that is due by then. */
  void settle(Instant until) {
    while (!due.isEmpty() && !due.element().at().isAfter(until)) {
      var next = due.remove();
      now = later(now, next.at());
      next.change().run();
    }
    now = later(now, until);
  }

  void set(Inventory next) {
    history.addLast(new Past(now, inventory));
    if (history.size() > MAX_HISTORY) {
      history.removeFirst();
    }
    inventory = next;
  }

  /** What a read would have shown then, as far back as is remembered. */
  Inventory at(Instant then) {
    return history.stream()
        .filter(past -> past.until().isAfter(then))
        .findFirst()
        .map(Past::inventory)
        .orElse(inventory);
  }

  void after(Duration delay, Runnable change) {
    due.add(new Due(now.plus(delay), ++lastOrder, change));
  }

  long nextId() {
    while (inventory.ips().containsKey(++lastId) || inventory.servers().containsKey(lastId)) {
      // ids of the seed are skipped
    }
    return lastId;
  }

  FakeFloatingIp ip(long id) {
    var ip = inventory.ips().get(id);
    if (ip == null) {
      throw ApiError.notFound("Floating IP", id);
    }
    return ip;
  }

  FakeServer server(long id) {
    var server = inventory.servers().get(id);
    if (server == null) {
      throw ApiError.notFound("server", id);
    }
    return server;
  }

  /** The API tells the new server now; packets follow a little later. */
  void point(long ip, @Nullable Long server) {
    set(inventory.with(ip(ip).assignedTo(server)));
    after(
        settings.routeDelay(),
        () -> {
          var current = inventory.ips().get(ip);
          if (current != null) {
            set(inventory.with(current.routed(current.server())));
          }
        });
  }

  /** Whether somebody who connects to this IP is answered. */
  boolean reachable(long id) {
    var ip = ip(id);
    var server = ip.routedTo() == null ? null : inventory.servers().get(ip.routedTo());
    return server != null && server.up() && !server.notConfigured().contains(id);
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
