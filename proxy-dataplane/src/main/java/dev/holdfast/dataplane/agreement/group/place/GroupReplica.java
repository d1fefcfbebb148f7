package dev.holdfast.dataplane.agreement.group.place;

import dev.holdfast.dataplane.agreement.MemberId;
import dev.holdfast.dataplane.agreement.ReplicatedLog;
import dev.holdfast.dataplane.agreement.group.Belonging;
import dev.holdfast.dataplane.agreement.group.Finding;
import dev.holdfast.dataplane.agreement.group.Founding;
import dev.holdfast.dataplane.agreement.group.Greeting;
import dev.holdfast.dataplane.agreement.group.GroupConfig;
import dev.holdfast.dataplane.agreement.ledger.Command;
import dev.holdfast.dataplane.agreement.ledger.Ledger;
import dev.holdfast.dataplane.agreement.peer.PeerNetwork;
import dev.holdfast.dataplane.agreement.replica.Replica;
import dev.holdfast.dataplane.agreement.replica.ReplicaAddress;
import dev.holdfast.dataplane.agreement.replica.ReplicaMessage;
import dev.holdfast.dataplane.agreement.replica.Replicas.Place;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out what {@link Founding} finds, and keeps the members as they should be. All state is
 * one thread's, which also writes the member's file: what it says of itself is on its disk.
 */
final class GroupReplica implements Replica {
  private static final Logger log = LoggerFactory.getLogger(GroupReplica.class);
  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final Duration PAUSE = Duration.ofMillis(250);

  private final Place place;
  private final MemberFile file;
  private final Connected network;
  private final LogFactory logs;
  private final Supplier<UUID> ids;
  private final Messenger messenger;
  private final ScheduledThreadPoolExecutor thread =
      new ScheduledThreadPoolExecutor(
          1, task -> Thread.ofPlatform().name("holdfast-group").daemon().unstarted(task));
  private final CompletableFuture<Membership> joined = new CompletableFuture<>();
  private GroupConfig config;
  private Founding founding;
  private String said = "";
  private boolean searching;
  private @Nullable Members members;
  private volatile @Nullable ReplicatedLog<Command, Ledger> opened;
  private volatile boolean closed;

  /**
   * @param network closed with the replica
   * @param ids draws groups' ids
   */
  GroupReplica(
      Place place, MemberFile file, Connected network, LogFactory logs, Supplier<UUID> ids) {
    this.place = place;
    this.file = file;
    this.network = network;
    this.logs = logs;
    this.ids = ids;
    this.config = config(place.all());
    this.founding = Founding.begin(file.self(), config);
    this.messenger = new Messenger(file.self().peer(), network.peers(), () -> opened, this::later);
    network.follow(place.all());
    network.peers().answer(PeerNetwork.Subject.Greeting, this::greeted);
    network.peers().answer(PeerNetwork.Subject.Vote, messenger::heard);
  }

  /** A log that was damaged was of a group that decided. */
  private GroupConfig config(List<ReplicaAddress> all) {
    var names = all.stream().map(ReplicaAddress::name).collect(Collectors.toSet());
    var recorded = place.recorded() != null ? place.recorded() : file.damaged();
    return new GroupConfig(names, recorded, place.rebootstrap());
  }

  @Override
  public CompletionStage<Membership> join() {
    later(this::begin);
    return joined;
  }

  private void begin() {
    var group = file.group();
    if (group == null) {
      searching = true;
      founding = Founding.begin(file.self(), config);
      round();
    } else {
      open(group);
    }
  }

  private void round() {
    founding = founding.nextRound();
    var round = founding.round();
    for (var other : founding.others()) {
      network
          .greet(other, greeting(), PATIENCE)
          .whenComplete((answer, failure) -> later(() -> answered(round, other, answer)));
    }
  }

  private void answered(long round, String peer, @Nullable Greeting answer) {
    if (searching) {
      act(answer == null ? founding.silent(round, peer) : founding.heard(round, answer));
    }
  }

  private void act(Founding.Turn turn) {
    founding = turn.state();
    switch (turn.finding()) {
      case Finding.Waiting() -> {}
      case Finding.AskAgain(var atOnce, var why) -> askAgain(atOnce, why);
      case Finding.Enter(var group) -> enter(group);
      case Finding.Found(var founders) -> enter(new Belonging(ids.get(), founders));
      case Finding.DataLost(var group) ->
          fail(
              """
              the group %s decided before, and no peer has its data any more; bring a disk of it \
              back, or give it up by rebootstrapping it\
              """
                  .formatted(group),
              null);
    }
  }

  private void askAgain(boolean atOnce, String why) {
    if (atOnce) {
      round();
      return;
    }
    if (!why.equals(said)) {
      log.info("{}: no group yet: {}", place.resource(), why);
      said = why;
    }
    var ended = founding.round();
    thread.schedule(
        guarded(() -> {
          if (searching && founding.round() == ended) {
            round();
          }
        }),
        PAUSE.toMillis(),
        TimeUnit.MILLISECONDS);
  }

  private void enter(Belonging group) {
    try {
      file.enter(group);
      log.info("{}: {} is in group {}", place.resource(), file.self(), group);
      open(group);
    } catch (IOException e) {
      fail("it cannot be written down that this peer is in group " + group.group(), e);
    }
  }

  private void fail(String why, @Nullable Exception cause) {
    searching = false;
    joined.completeExceptionally(new IllegalStateException(place.resource() + ": " + why, cause));
  }

  /** Reading a log takes as long as it takes; greetings are answered meanwhile. */
  private void open(Belonging group) {
    searching = false;
    var self = file.self();
    var directory = file.logDirectory();
    Thread.ofPlatform()
        .name("holdfast-group-log")
        .daemon()
        .start(() -> open(group, self, directory));
  }

  private void open(Belonging group, MemberId self, Path directory) {
    try {
      var next =
          logs.open(
              group.group(), self, group.initial(self), directory, network.peers(), this::stopped);
      opened = next;
      if (closed) {
        next.close();
      } else {
        later(() -> opened(group, self, next));
      }
    } catch (LogFactory.Damaged e) {
      later(() -> retire(e));
    } catch (IOException e) {
      later(() -> fail("the log cannot be opened: " + e.getMessage(), e));
    }
  }

  private void opened(Belonging group, MemberId self, ReplicatedLog<Command, Ledger> next) {
    var keeper = new Members(place.resource(), group.group(), self, next, network, this::later);
    members = keeper;
    thread.scheduleWithFixedDelay(
        guarded(() -> keeper.tend(config.peers(), greeting())), 0, 1, TimeUnit.SECONDS);
    joined.complete(new Membership(group.group().toString(), self, next));
  }

  private void stopped(IOException why) {
    log.error("{}: the log of {} stops: {}", place.resource(), file.self(), why.getMessage());
  }

  /** Another member joins in this one's place; the others have what was on its disk. */
  private void retire(LogFactory.Damaged damage) {
    try {
      var before = file.self();
      file.retire();
      log.error(
          "{}: {} cannot go on, and joins anew as {}: {}",
          place.resource(),
          before,
          file.self(),
          damage.getMessage());
      config = new GroupConfig(config.peers(), config(List.of()).recorded(), config.rebootstrap());
      begin();
    } catch (IOException e) {
      fail("the log is damaged, and that cannot be written down: " + damage.getMessage(), e);
    }
  }

  private Greeting greeting() {
    Set<MemberId> known = members == null ? Set.of() : members.known();
    return new Greeting(file.self(), file.group(), known, config.peers(), config.mayFound());
  }

  private CompletionStage<byte[]> greeted(String from, byte[] question) {
    var answer = new CompletableFuture<byte[]>();
    later(() -> {
      try {
        var greeting = Messages.greeting(question);
        if (!greeting.self().peer().equals(from)) {
          throw new IOException("expected a greeting of " + from + ", found one of " + greeting);
        }
        answer.complete(Messages.bytes(greeting()));
        if (file.group() == null) {
          founding = founding.askedBy(greeting);
        }
      } catch (IOException e) {
        answer.completeExceptionally(e);
      }
    });
    return answer;
  }

  @Override
  public void configure(List<ReplicaAddress> all) {
    later(() -> {
      network.follow(all);
      var next = config(all);
      if (!next.equals(config)) {
        config = next;
        founding = founding.with(next);
        if (searching) {
          round();
        }
      }
    });
  }

  @Override
  public void tellLeader(ReplicaMessage message) {
    messenger.tellLeader(message);
  }

  @Override
  public void tellAll(ReplicaMessage message) {
    messenger.tellAll(message);
  }

  @Override
  public void onMessage(Consumer<ReplicaMessage> listener) {
    messenger.onMessage(listener);
  }

  /** After the end nothing is left to be done. */
  private void later(Runnable task) {
    try {
      thread.execute(guarded(task));
    } catch (RejectedExecutionException e) {
      log.debug("{}: too late: {}", place.resource(), Objects.toString(e.getMessage()));
    }
  }

  /** The executor would say nothing of a task that fails, and never run one again that repeats. */
  private Runnable guarded(Runnable task) {
    return () -> {
      try {
        task.run();
      } catch (RuntimeException e) {
        log.error("{}: a step of {} failed; going on", place.resource(), file.self(), e);
        if (searching && !closed) {
          askAgain(false, "a step failed");
        }
      }
    };
  }

  @Override
  public void close() {
    closed = true;
    thread.shutdownNow();
    var last = opened;
    if (last != null) {
      last.close();
    }
    network.close();
  }
}
