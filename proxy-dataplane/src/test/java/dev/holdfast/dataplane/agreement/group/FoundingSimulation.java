package dev.holdfast.dataplane.agreement.group;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.dataplane.agreement.MemberId;
import dev.holdfast.dataplane.failover.VirtualQueue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * One made-up history of peers that found a group in virtual time, over messages that are late,
 * lost, and answered by processes that are gone by then. A group here has members and no log: it
 * commits whatever a majority of its members is there for.
 */
final class FoundingSimulation {
  static final String ONE_GROUP = "groups that have ever committed";
  private static final Instant CALM_AT = Instant.EPOCH.plusSeconds(30);
  private static final Instant END = Instant.EPOCH.plusSeconds(60);
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  /** Longer than any answer is on its way. */
  private static final Duration TALK = Duration.ofSeconds(3);

  /** What the history is made without. */
  enum Planted {
    Nothing,
    /** A founder that takes those who do not answer for peers without a group. */
    SilenceIsConsent
  }

  /** A group as its members know it. */
  private static final class Group {
    Set<MemberId> members;
    boolean committed;
    Instant heldAt = Instant.MIN;

    Group(Set<MemberId> founders) {
      this.members = founders;
    }
  }

  final VirtualQueue queue = new VirtualQueue();
  final Random random;
  final Planted planted;
  private final List<String> history = new ArrayList<>();
  private final Map<String, FoundingPeer> peers = new TreeMap<>();
  private final Map<UUID, Group> groups = new HashMap<>();
  private final Set<Set<String>> cuts = new HashSet<>();
  private List<String> configured;
  private boolean calm;
  private Instant mayLoseAt = Instant.EPOCH;
  int lostDisks;

  FoundingSimulation(long seed, Planted planted) {
    this.random = new Random(seed);
    this.planted = planted;
    configured = names(random.nextInt(4) == 0 ? 5 : 3);
  }

  private static List<String> names(int count) {
    return IntStream.range(0, count).mapToObj(i -> "p" + i).toList();
  }

  List<String> history() {
    return history;
  }

  Set<UUID> committed() {
    return groups.entrySet().stream()
        .filter(group -> group.getValue().committed)
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  void run() {
    for (var name : names(5)) {
      peers.put(name, new FoundingPeer(this, name));
    }
    configured.forEach(name -> queue.after(millis(4_000), () -> peers.get(name).start()));
    queue.after(Duration.ZERO, this::disturb);
    queue.after(Duration.ZERO, this::tick);
    queue.runUntil(CALM_AT);
    remark("calm");
    calm = true;
    cuts.clear();
    peers.values().forEach(peer -> peer.configure(config()));
    peers.values().forEach(FoundingPeer::start);
    queue.runUntil(END);
    settled();
  }

  private void settled() {
    assertThat(committed()).as(ONE_GROUP).hasSize(1);
    var id = committed().iterator().next();
    var group = groups.get(id);
    var names = group.members.stream().map(MemberId::peer).collect(Collectors.toSet());
    assertThat(names).as("members in the end").isEqualTo(Set.copyOf(configured));
    for (var member : group.members) {
      assertThat(peers.get(member.peer()).belongs(member, id)).as("%s in the end", member).isTrue();
    }
  }

  FoundingPeer peer(String name) {
    return peers.get(name);
  }

  GroupConfig config() {
    return new GroupConfig(Set.copyOf(configured), null, null);
  }

  Duration millis(int below) {
    return Duration.ofMillis(random.nextInt(below));
  }

  boolean calm() {
    return calm;
  }

  private void disturb() {
    if (calm) {
      return;
    }
    var peer = peers.get(configured.get(random.nextInt(configured.size())));
    switch (random.nextInt(12)) {
      case 0 -> peer.stop();
      case 1, 2 -> loseDisk(peer);
      case 3 -> reconfigure();
      case 4 -> cut();
      case 5, 6 -> cuts.clear();
      default -> peer.start();
    }
    queue.after(millis(800), this::disturb);
  }

  /** One at a time, and no majority of a group that a disk is in, or that is still talked of. */
  private void loseDisk(FoundingPeer peer) {
    var early = queue.now().isBefore(mayLoseAt);
    if (!early && groups.keySet().stream().allMatch(id -> dispensable(peer, id))) {
      peer.loseDisk();
      lostDisks++;
      mayLoseAt = queue.now().plus(TALK);
    }
  }

  private boolean dispensable(FoundingPeer peer, UUID id) {
    var others = peers.values().stream().filter(other -> other != peer).toList();
    var group = groups.get(id);
    var able =
        others.stream().filter(o -> group.members.contains(o.self()) && o.mayBeIn(id)).count();
    var forgotten = queue.now().isAfter(group.heldAt.plus(TALK));
    return 2 * able > group.members.size() || (forgotten && !group.committed);
  }

  /** Peers are taken away only when those who stay have all entered the group. */
  private void reconfigure() {
    var fewer = names(3);
    var entered =
        committed().stream()
            .anyMatch(id -> fewer.stream().map(peers::get).allMatch(p -> p.isMember(id)));
    configured = entered && random.nextBoolean() ? fewer : names(5);
    remark("configured " + configured);
    for (var peer : peers.values()) {
      queue.after(millis(3_000), () -> peer.configure(config()));
    }
  }

  private void cut() {
    var from = configured.get(random.nextInt(configured.size()));
    var to = configured.get(random.nextInt(configured.size()));
    if (!from.equals(to)) {
      cuts.add(Set.of(from, to));
      remark("cut " + from + " " + to);
    }
  }

  boolean reaches(String from, String to) {
    return from.equals(to) || !cuts.contains(Set.of(from, to));
  }

  /** A question and its answer; the answer may come when the one who gave it is long gone. */
  void ask(FoundingPeer from, String to, long round) {
    var asker = from.process();
    var greeting = from.greeting();
    queue.after(PATIENCE, () -> from.silent(asker, round, to));
    if (lost() || !reaches(from.name(), to)) {
      return;
    }
    queue.after(
        delay(),
        () -> {
          var answer = peers.get(to).answer(greeting);
          if (answer != null && !lost()) {
            queue.after(delay(), () -> from.heard(asker, round, answer));
          }
        });
  }

  private boolean lost() {
    return !calm && random.nextInt(20) == 0;
  }

  private Duration delay() {
    var slow = !calm && random.nextInt(4) == 0;
    return Duration.ofMillis(1 + random.nextInt(slow ? 900 : 30));
  }

  void founded(UUID id, Set<MemberId> founders) {
    var group = new Group(founders);
    group.heldAt = queue.now();
    groups.put(id, group);
  }

  Set<MemberId> members(UUID id) {
    var group = groups.get(id);
    return group.committed ? group.members : Set.of();
  }

  /** Groups commit, and their leaders change the members. */
  private void tick() {
    groups.forEach((id, group) -> {
      if (peers.values().stream().anyMatch(peer -> peer.belongs(peer.self(), id))) {
        group.heldAt = queue.now();
      }
      var there = quorum(id, group);
      if (2 * there.size() > group.members.size()) {
        if (!group.committed) {
          remark("group " + id + " of " + group.members + " commits");
        }
        group.committed = true;
        assertThat(committed()).as(ONE_GROUP).hasSize(1);
        lead(id, group, there.getFirst());
      }
    });
    queue.after(Duration.ofMillis(100), this::tick);
  }

  /** The most members that one of them reaches, that one first. */
  private List<MemberId> quorum(UUID id, Group group) {
    var there = group.members.stream().filter(m -> peers.get(m.peer()).runs(m, id)).sorted();
    return there
        .map(leader -> reached(id, group, leader))
        .max(Comparator.comparing(List::size))
        .orElse(List.of());
  }

  private List<MemberId> reached(UUID id, Group group, MemberId leader) {
    return peers.values().stream()
        .filter(peer -> peer.runs(peer.self(), id) && reaches(leader.peer(), peer.name()))
        .map(FoundingPeer::self)
        .filter(group.members::contains)
        .sorted(Comparator.comparing(member -> !member.equals(leader)))
        .toList();
  }

  private void lead(UUID id, Group group, MemberId leader) {
    var announced =
        peers.values().stream()
            .filter(peer -> peer.runs(peer.self(), id) && reaches(leader.peer(), peer.name()))
            .map(FoundingPeer::self)
            .collect(Collectors.toSet());
    var configured = peers.get(leader.peer()).config().peers();
    MemberPlan.next(group.members, configured, announced, leader)
        .ifPresent(next -> {
          remark("group " + id + " from " + group.members + " to " + next);
          group.members = next;
        });
  }

  void remark(String what) {
    history.add(queue.now() + " " + what);
  }
}
