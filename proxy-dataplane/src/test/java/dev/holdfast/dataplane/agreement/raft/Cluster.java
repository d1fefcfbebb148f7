package dev.holdfast.dataplane.agreement.raft;

import static org.awaitility.Awaitility.await;

import dev.holdfast.dataplane.agreement.MemberId;
import dev.holdfast.dataplane.agreement.peer.PeerNetwork;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.awaitility.core.ConditionFactory;

/** Members of one group in this process, each with a directory of its own. */
final class Cluster implements AutoCloseable {
  static final UUID GROUP = new UUID(1, 2);
  static final Duration LONG = Duration.ofSeconds(60);

  /** So long that a machine that is busy elects nobody else meanwhile. */
  static final Duration ELECTION = Duration.ofSeconds(1);

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  record Running(RaftLog<String, List<String>> log, Notes notes, List<IOException> stops) {}

  private final LoopbackNetwork network = new LoopbackNetwork();
  private final Function<String, PeerNetwork> peers;
  private final Map<MemberId, Running> running = Collections.synchronizedMap(new TreeMap<>());
  private final Path root;
  private final int snapshotEvery;
  private final Duration election;

  Cluster(Path root, int snapshotEvery, Duration election) {
    peers = network::peer;
    this.root = root;
    this.snapshotEvery = snapshotEvery;
    this.election = election;
  }

  /** Over networks of somebody else's. */
  Cluster(Path root, Function<String, PeerNetwork> peers) {
    this.peers = peers;
    this.root = root;
    snapshotEvery = 20;
    election = ELECTION;
  }

  static MemberId member(String peer) {
    return new MemberId(peer, 1);
  }

  static Set<MemberId> members(String... peers) {
    return Set.of(peers).stream().map(Cluster::member).collect(Collectors.toUnmodifiableSet());
  }

  LoopbackNetwork network() {
    return network;
  }

  Path directory(MemberId member) {
    return root.resolve(member.toString());
  }

  LogOptions options(MemberId member, Set<MemberId> initial) {
    return new LogOptions(
        GROUP,
        member,
        initial,
        directory(member),
        election,
        PATIENCE,
        Duration.ZERO,
        snapshotEvery);
  }

  Running start(MemberId member, Set<MemberId> initial) throws IOException {
    var stops = new CopyOnWriteArrayList<IOException>();
    var log =
        RaftLog.open(
            options(member, initial),
            Notes.COMMANDS,
            Notes.STATES,
            peers.apply(member.peer()),
            stops::add);
    var notes = new Notes();
    log.onApply(notes);
    var started = new Running(log, notes, stops);
    running.put(member, started);
    return started;
  }

  /** At the same time: each takes a moment that is no processor's. */
  void startAll(Set<MemberId> members) throws Exception {
    together(members, member -> start(member, members));
  }

  void stopAll(Set<MemberId> members) throws Exception {
    together(
        members,
        member -> {
          stop(member);
          return member;
        });
  }

  private interface Step {
    Object of(MemberId member) throws Exception;
  }

  private static void together(Set<MemberId> members, Step step) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var steps = members.stream().map(member -> threads.submit(() -> step.of(member))).toList();
      for (var done : steps) {
        done.get(LONG.toSeconds(), TimeUnit.SECONDS);
      }
    }
  }

  void stop(MemberId member) {
    var stopped = running.remove(member);
    if (stopped != null) {
      stopped.log.close();
    }
  }

  Running at(MemberId member) {
    return running.get(member);
  }

  Map<MemberId, Running> running() {
    return running;
  }

  /** The one that all who run agree on. */
  MemberId leader() {
    return soon()
        .until(
            () -> {
              for (var entry : running.entrySet()) {
                if (entry.getValue().notes.leading()
                    && entry.getValue().log.leader().equals(Optional.of(entry.getKey()))) {
                  return entry.getKey();
                }
              }
              return null;
            },
            Objects::nonNull);
  }

  MemberId follower() {
    var leader = leader();
    return running.keySet().stream().filter(m -> !m.equals(leader)).findFirst().orElseThrow();
  }

  /** Proposes until it is committed; between leaders that takes more than once. */
  void commit(MemberId by, String command) {
    soon()
        .until(() -> {
          try {
            get(at(by).log.propose(command));
            return true;
          } catch (ExecutionException _) {
            return false;
          }
        });
  }

  /** Looks at once, and often. */
  static ConditionFactory soon() {
    return await().atMost(LONG).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(10));
  }

  static <T> T get(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(LONG.toSeconds(), TimeUnit.SECONDS);
  }

  /** Until all who run have applied the same, this last. */
  void awaitAll(String last) {
    soon()
        .until(() ->
            running.values().stream().map(member -> member.notes.commands()).distinct().count() == 1
                && running.values().stream()
                    .allMatch(member -> last.equals(member.notes.commands().getLast())));
  }

  @Override
  public void close() throws Exception {
    stopAll(Set.copyOf(running.keySet()));
    network.close();
  }
}
