package dev.holdfast.dataplane.agreement;

import dev.holdfast.dataplane.failover.VirtualQueue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * What a Raft library promises, and no more: one order for all, commits by a leader that a majority
 * hears, and deliveries in that order. A proposal may be lost, or committed late, out of order and
 * twice; a member that was the leader may believe so for a while.
 */
public final class LogModel<C, S> {

  /** What the commands amount to, for whoever watches. */
  public interface Reader<C, S> {
    /** Of no command. */
    S empty();

    /** Of all commands so far. */
    S newest();

    void committed(long index, C command);

    /** What a member has, which is applied as far as can be. */
    void saved(MemberId member, S state);

    void check();
  }

  private static final Duration HEARTBEAT = Duration.ofMillis(200);
  private static final int MAX_TRIES = 6;

  private final VirtualQueue queue;
  private final Random random;
  private final SimulatedNetwork network;
  private final Reader<C, S> reader;
  private final List<C> committed = new ArrayList<>();
  private final Map<MemberId, MemberLog<C, S>> logs = new TreeMap<>();
  private Set<MemberId> members;
  private @Nullable MemberId leader;
  private @Nullable Instant electionAt;
  private boolean reliable;
  private int elections;

  public LogModel(
      VirtualQueue queue,
      Random random,
      SimulatedNetwork network,
      Reader<C, S> reader,
      Set<MemberId> members) {
    this.queue = queue;
    this.random = random;
    this.network = network;
    this.reader = reader;
    this.members = new TreeSet<>(members);
    queue.after(HEARTBEAT, this::heartbeat);
  }

  /** The log of a process that begins; it goes on from what the member's disk holds. */
  public MemberLog<C, S> open(MemberId member, ReplicatedLog.Applier<C, S> process) {
    var log = new MemberLog<>(this, member, logs.get(member));
    logs.put(member, log);
    log.onApply(process);
    return log;
  }

  /** From now on no message is lost. */
  public void calm() {
    reliable = true;
  }

  public Set<MemberId> members() {
    return new TreeSet<>(members);
  }

  public @Nullable MemberId leader() {
    return leader;
  }

  public int elections() {
    return elections;
  }

  public long newest() {
    return committed.size();
  }

  C command(long index) {
    return committed.get((int) index - 1);
  }

  Reader<C, S> reader() {
    return reader;
  }

  Random random() {
    return random;
  }

  /** Another member leads from now on, for no reason that anybody else would see. */
  public void transfer() {
    leader = null;
    electionAt = null;
  }

  void propose(MemberId from, C command, CompletableFuture<Long> answer) {
    if (!reliable && random.nextInt(20) == 0) {
      answer.completeExceptionally(new TimeoutException("lost"));
      return;
    }
    queue.after(delay(), () -> arrive(from, command, answer, 0));
    if (random.nextInt(50) == 0) {
      queue.after(later(), () -> arrive(from, command, new CompletableFuture<>(), 0));
    }
  }

  private void arrive(MemberId from, C command, CompletableFuture<Long> answer, int tries) {
    if (leader != null && network.reaches(from, leader)) {
      replicate(command, answer, tries);
    } else if (tries < MAX_TRIES && random.nextBoolean()) {
      queue.after(later(), () -> arrive(from, command, answer, tries + 1));
    } else {
      answer.completeExceptionally(new TimeoutException("no leader"));
    }
  }

  /** What a leader has in its log may yet be committed by another. */
  private void replicate(C command, CompletableFuture<Long> answer, int tries) {
    queue.after(
        delay(),
        () -> {
          if (leader != null && network.quorate(leader, members)) {
            answer.complete(commit(command));
          } else if (tries < MAX_TRIES && random.nextBoolean()) {
            queue.after(later(), () -> replicate(command, answer, tries + 1));
          } else {
            answer.completeExceptionally(new TimeoutException("no majority"));
          }
        });
  }

  private long commit(C command) {
    committed.add(command);
    reader.committed(committed.size(), command);
    members.forEach(member -> queue.after(delay(), () -> deliver(member)));
    return committed.size();
  }

  void deliver(MemberId member) {
    var log = logs.get(member);
    if (leader != null
        && log != null
        && network.running(member)
        && network.reaches(leader, member)) {
      log.catchUp();
    }
  }

  public void change(Set<MemberId> next, CompletableFuture<Void> answer) {
    if (leader == null || !network.quorate(leader, members)) {
      answer.completeExceptionally(new TimeoutException("no majority"));
      return;
    }
    members = new TreeSet<>(next);
    network.changed();
    logs.values().forEach(MemberLog::membersChanged);
    answer.complete(null);
  }

  private void heartbeat() {
    if (leader != null && !network.quorate(leader, members)) {
      leader = null;
    }
    if (leader == null) {
      elect();
    } else {
      members.forEach(this::deliver);
    }
    reader.check();
    queue.after(HEARTBEAT, this::heartbeat);
  }

  private void elect() {
    if (electionAt == null) {
      electionAt = queue.now().plusMillis(300 + random.nextInt(900));
      return;
    }
    var able = members.stream().filter(member -> network.quorate(member, members)).toList();
    if (queue.now().isBefore(electionAt) || able.isEmpty()) {
      return;
    }
    var elected = able.get(random.nextInt(able.size()));
    elections++;
    electionAt = null;
    leader = elected;
    for (var member : logs.keySet()) {
      var log = logs.get(member);
      if (member.equals(elected)) {
        log.leads(true);
      } else if (log.leading()) {
        queue.after(later(), () -> log.leads(member.equals(leader)));
      }
    }
  }

  private Duration delay() {
    var slow = !reliable && random.nextInt(20) == 0;
    return Duration.ofMillis(1 + random.nextInt(slow ? 900 : 15));
  }

  private Duration later() {
    return Duration.ofMillis(50 + random.nextInt(2_500));
  }
}
