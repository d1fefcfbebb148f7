package dev.holdfast.dataplane.agreement.stick;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.dataplane.sticky.GroupState;
import dev.holdfast.dataplane.sticky.StickEvent;
import dev.holdfast.dataplane.sticky.table.StickKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The clients at one replica: those that wait for their key's group, and those that are linked. */
final class SimulatedClients {
  private static final Duration ASKED_AGAIN = Duration.ofMillis(500);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /**
   * @param stays for how long once it is linked
   */
  record Client(StickKey key, Duration stays) {}

  private record Waiting(Client client, Instant since) {}

  static final class Link {
    private final StickKey key;
    private final int group;
    private long revokedAt = Long.MAX_VALUE;

    private Link(StickKey key, int group) {
      this.key = key;
      this.group = group;
    }

    StickKey key() {
      return key;
    }

    int group() {
      return group;
    }

    private boolean revoked() {
      return revokedAt < Long.MAX_VALUE;
    }
  }

  private final StickSimulation world;
  private final SimulatedReplica replica;
  private final List<Waiting> waiting = new ArrayList<>();
  private final Set<Link> links = new LinkedHashSet<>();
  private Set<StickKey> heard = Set.of();
  private boolean asking;

  SimulatedClients(StickSimulation world, SimulatedReplica replica) {
    this.world = world;
    this.replica = replica;
  }

  Set<Link> links() {
    return links;
  }

  /** Clients that have waited for so long. */
  long waitingSince(Instant before) {
    return waiting.stream().filter(one -> one.since().isBefore(before)).count();
  }

  void arrive(Client client) {
    waiting.add(new Waiting(client, world.queue().now()));
    route();
    ask(Set.of(client.key()));
    if (!asking) {
      asking = true;
      replica.after(ASKED_AGAIN, this::askAgain);
    }
  }

  /** The claim may be lost, or refused for a fence that has passed since. */
  private void askAgain() {
    var now = world.queue().now();
    waiting.removeIf(one -> one.since().plus(PATIENCE).isBefore(now));
    ask(waiting.stream().map(one -> one.client().key()).collect(Collectors.toSet()));
    asking = !waiting.isEmpty();
    if (asking) {
      replica.after(ASKED_AGAIN, this::askAgain);
    }
  }

  private void ask(Set<StickKey> keys) {
    var claimed =
        keys.stream()
            .filter(key -> waiting.stream().anyMatch(one -> one.client().key().equals(key)))
            .filter(key -> !replica.ledger().isFenced(key) || world.asksAnyway())
            .toList();
    if (!claimed.isEmpty() && replica.admits()) {
      replica.propose(new TableCommand.Claim(claimed));
    }
  }

  /** Sends those on whose key belongs to a group that serves it. */
  void route() {
    if (replica.admits()) {
      waiting.removeIf(one -> linked(one.client()));
    }
    world.laws().check();
  }

  private boolean linked(Client client) {
    var group = replica.ledger().table().group(client.key());
    if (group.isEmpty()
        || isDisabled(group.getAsInt())
        || links.stream().anyMatch(link -> link.key.equals(client.key()) && link.revoked())) {
      return false;
    }
    var link = new Link(client.key(), group.getAsInt());
    links.add(link);
    world.laws().linked(link);
    replica.after(client.stays(), () -> links.remove(link));
    return true;
  }

  private boolean isDisabled(int group) {
    var standing = replica.ledger().head().group(group);
    return standing == null || standing.effective() == GroupState.Disabled;
  }

  /**
   * What was taken away is revoked at once, and cut later.
   *
   * @return whether anything was
   */
  boolean revoke(List<StickEvent> events) {
    var revoked = false;
    for (var event : events) {
      revoked |= revoke(event);
    }
    assertThat(links)
        .as("links at %s that its table does not know", replica.id())
        .allMatch(link -> link.revoked() || isRightful(link));
    return revoked;
  }

  private boolean revoke(StickEvent event) {
    return switch (event) {
      case StickEvent.Gone(var key, var group, var end) -> revoke(link -> link.key.equals(key));
      case StickEvent.Moved(var key, var from, var to) -> revoke(link -> link.key.equals(key));
      case StickEvent.GroupGone(var was) -> revoke(link -> link.group == was.id());
      case StickEvent.GroupChanged(var before, var now) ->
          now.effective() == GroupState.Disabled && revoke(link -> link.group == now.id());
      case StickEvent.Given _, StickEvent.Refused _ -> false;
    };
  }

  /** After a snapshot: whatever the table says otherwise. */
  boolean revokeStale() {
    return revoke(link -> !isRightful(link));
  }

  private boolean isRightful(Link link) {
    var group = replica.ledger().table().group(link.key);
    return group.isPresent() && group.getAsInt() == link.group && !isDisabled(link.group);
  }

  private boolean revoke(Predicate<Link> taken) {
    var revoked = false;
    for (var link : links) {
      if (!link.revoked() && taken.test(link)) {
        link.revokedAt = replica.ledger().index();
        revoked = true;
      }
    }
    return revoked;
  }

  /** Closes what was revoked up to this index. */
  void cut(long index) {
    links.removeIf(link -> link.revokedAt <= index);
    route();
  }

  void cutAll() {
    links.clear();
  }

  /** What became of keys since the last time it was asked. */
  TableCommand.Hear news(long serial) {
    var now = new LinkedHashSet<StickKey>();
    links.stream().filter(link -> !link.revoked()).forEach(link -> now.add(link.key));
    var opened = now.stream().filter(key -> !heard.contains(key)).toList();
    var closed = heard.stream().filter(key -> !now.contains(key)).toList();
    heard = now;
    return new TableCommand.Hear(replica.self(), serial, opened, closed, closed);
  }
}
