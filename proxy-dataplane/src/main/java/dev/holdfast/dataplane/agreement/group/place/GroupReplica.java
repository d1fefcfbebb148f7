package dev.holdfast.dataplane.agreement.group.place;

import dev.holdfast.dataplane.agreement.MemberId;
import dev.holdfast.dataplane.agreement.ReplicatedLog;
import dev.holdfast.dataplane.agreement.group.Belonging;
import dev.holdfast.dataplane.agreement.group.Greeting;
import dev.holdfast.dataplane.agreement.group.GroupConfig;
import dev.holdfast.dataplane.agreement.peer.PeerNetwork;
import dev.holdfast.dataplane.agreement.replica.Replica;
import dev.holdfast.dataplane.agreement.replica.ReplicaAddress;
import dev.holdfast.dataplane.agreement.replica.ReplicaMessage;
import dev.holdfast.dataplane.agreement.replica.Replicas.Place;
import dev.holdfast.dataplane.agreement.replica.WireFormat;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds a group, takes part in it, and keeps its members as they should be. All state is one
 * thread's, which also writes the member's file: what it says of itself is on its disk.
 */
final class GroupReplica<C, S, M extends ReplicaMessage> implements Replica<C, S, M> {
  private static final Logger log = LoggerFactory.getLogger(GroupReplica.class);
  private static final Duration TENDING = Duration.ofSeconds(1);

  /** Between two tries to open a log that has stopped. */
  private static final Duration AGAIN = Duration.ofSeconds(5);

  private final Place place;
  private final MemberFile file;
  private final Connected network;
  private final GroupLog<C, S> replicated;
  private final Supplier<UUID> ids;
  private final Messenger<M> messenger;
  private final GroupThread thread;
  private final GroupSearch search;
  private GroupConfig config;
  private @Nullable Participant<C, S> participant;
  private @Nullable Members members;
  private boolean left;

  /**
   * @param network closed with the replica
   * @param ids draws groups' ids
   */
  GroupReplica(
      Place place,
      WireFormat<C, S, M> format,
      MemberFile file,
      Connected network,
      LogFactory logs,
      Supplier<UUID> ids) {
    this.place = place;
    this.file = file;
    this.network = network;
    this.ids = ids;
    config = config(place.all());
    thread = new GroupThread(place.resource());
    search = new GroupSearch(place.resource(), network, thread, outcome(), file.self(), config);
    replicated = new GroupLog<>(place.resource(), logs, format, network.peers(), thread, opening());
    messenger =
        new Messenger<>(
            file.self().peer(), format.messages(), network.peers(), replicated::opened, thread);
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

  private GroupSearch.Outcome outcome() {
    return new GroupSearch.Outcome() {
      @Override
      public void enter(Belonging group) {
        GroupReplica.this.enter(group);
      }

      @Override
      public void found(Set<MemberId> founders) {
        GroupReplica.this.enter(new Belonging(ids.get(), founders));
      }

      @Override
      public void lost(UUID group) {
        fail(
            """
            the group %s decided before, and no peer has its data any more; bring a disk of it \
            back, or give it up by rebootstrapping it\
            """
                .formatted(group),
            null);
      }
    };
  }

  @Override
  public void join(Participant<C, S> joining) {
    thread.execute(() -> {
      participant = joining;
      begin();
    });
    thread.every(TENDING, this::tend);
  }

  private Participant<C, S> participant() {
    return Objects.requireNonNull(participant, "nothing is opened before it is joined");
  }

  private void tend() {
    if (members != null) {
      members.tend(config.peers(), greeting());
    }
  }

  private void begin() {
    var group = file.group();
    if (group == null) {
      search.begin(file.self(), config);
    } else {
      open(group);
    }
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
    log.debug("{}: {}", place.resource(), why, cause);
    participant().failed(place.resource() + ": " + why);
  }

  private void open(Belonging group) {
    replicated.open(group, file.self(), file.logDirectory());
  }

  private GroupLog.Outcome<C, S> opening() {
    return new GroupLog.Outcome<>() {
      @Override
      public void opened(Belonging group, MemberId self, ReplicatedLog<C, S> log) {
        GroupReplica.this.opened(group, self, log);
      }

      @Override
      public void damaged(LogFactory.Damaged why) {
        retire(why);
      }

      @Override
      public void failed(IOException why) {
        if (left) {
          openAgain("the log cannot be opened: " + why.getMessage());
        } else {
          fail("the log cannot be opened: " + why.getMessage(), why);
        }
      }

      @Override
      public void stopped(IOException why) {
        left = true;
        members = null;
        if (why instanceof LogFactory.Removed) {
          participant().left(String.valueOf(why.getMessage()));
        } else {
          openAgain("the log has stopped: " + why.getMessage());
        }
      }
    };
  }

  private void opened(Belonging group, MemberId self, ReplicatedLog<C, S> next) {
    members = new Members(place.resource(), group.group(), self, next, network, thread);
    participant().joined(new Membership<>(group.group().toString(), self, next));
  }

  /** A disk may have room again. */
  private void openAgain(String why) {
    participant().left("%s; it is opened again every %d s".formatted(why, AGAIN.toSeconds()));
    thread.after(AGAIN, this::begin);
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
    thread.execute(() -> {
      try {
        var greeting = Greetings.read(question);
        if (!greeting.self().peer().equals(from)) {
          throw new IOException("expected a greeting of " + from + ", found one of " + greeting);
        }
        answer.complete(Greetings.write(greeting()));
        if (file.group() == null) {
          search.askedBy(greeting);
        }
      } catch (IOException e) {
        answer.completeExceptionally(e);
      }
    });
    return answer;
  }

  @Override
  public String waitsFor() {
    return search.waitsFor();
  }

  @Override
  public void configure(List<ReplicaAddress> all) {
    thread.execute(() -> {
      network.follow(all);
      var next = config(all);
      if (!next.equals(config)) {
        config = next;
        search.configure(next);
      }
    });
  }

  @Override
  public void tellLeader(M message) {
    messenger.tellLeader(message);
  }

  @Override
  public void tellAll(M message) {
    messenger.tellAll(message);
  }

  @Override
  public void onMessage(Consumer<M> listener) {
    messenger.onMessage(listener);
  }

  @Override
  public void close() {
    thread.close();
    replicated.close();
    network.close();
  }
}
