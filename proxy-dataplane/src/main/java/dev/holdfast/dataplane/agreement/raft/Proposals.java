package dev.holdfast.dataplane.agreement.raft;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Collects what many callers propose while batches are under way, and sends it as one batch: an
 * entry costs every member messages and a write to its disk, whatever is in it, and a message to
 * the leader costs two of them. Safe for use by many threads.
 *
 * <p>Those whose proposals were committed together propose again one after the other. The next
 * batch waits for as many as the last one had, though never for long, or it would have the first of
 * them alone. Where batches are to be some time apart, it waits for that time instead. A batch that
 * takes long, because its leader is gone, does not hold up the next one.
 */
final class Proposals {
  static final int WAITING = 4096;
  static final int COMMAND_BYTES = 64 << 10;

  /** How long a batch waits to become as large as the last one. */
  static final Duration GATHER = Duration.ofNanos(500_000);

  /** After which one batch more goes beside those that are under way; twice that at most. */
  static final Duration SLOW = Duration.ofMillis(20);

  /**
   * @param atOnce how many batches may be under way, those that take long left aside
   * @param apart how long after the last batch the next one may go, at the earliest; zero for no
   *     such limit
   */
  record Limits(int atOnce, Duration apart) {}

  /**
   * @param commands none to learn of an entry only
   * @param first of the commands' indexes, which follow each other; without commands one of the
   *     same entry
   */
  private record Proposal(List<byte[]> commands, int length, CompletableFuture<Long> first) {
    static Proposal of(List<byte[]> commands) {
      var length = commands.stream().mapToInt(command -> command.length).sum();
      return new Proposal(commands, length, new CompletableFuture<>());
    }
  }

  private final ArrayDeque<Proposal> waiting = new ArrayDeque<>();
  private final Function<Batch, CompletableFuture<Long>> send;
  private final Executor executor;
  private final Later later;
  private final Limits limits;
  private int underWay;

  /** The last batch went lately. */
  private boolean resting;

  /** How many batches were sent so far. */
  private long sent;

  /** How many proposals the last one had. */
  private int last;

  /** After which of those batches somebody looks again whether the next one can go. */
  private long gathering = -1;

  private boolean watching;
  private @Nullable IOException ended;

  /**
   * @param send has a batch committed, and says the index of its first command, or one of the same
   *     entry if it has none; always in some time. Must not block
   * @param executor where an answer is told that is there at once: callers that propose again when
   *     they are told would call themselves
   */
  Proposals(
      Function<Batch, CompletableFuture<Long>> send,
      Executor executor,
      Later later,
      Limits limits) {
    this.send = send;
    this.executor = executor;
    this.later = later;
    this.limits = limits;
  }

  /** Done with the command's index. */
  CompletableFuture<Long> propose(byte[] command) {
    if (command.length > COMMAND_BYTES) {
      return CompletableFuture.failedFuture(
          new LogUnavailable(
              "expected a command of at most %d bytes, found %d"
                  .formatted(COMMAND_BYTES, command.length)));
    }
    return propose(new Batch(List.of(command)));
  }

  /** Done with the index of its first command; the others follow it. */
  CompletableFuture<Long> propose(Batch batch) {
    return add(Proposal.of(batch.commands()));
  }

  /** Done with an entry that was committed after this was called. */
  CompletableFuture<Long> mark() {
    return add(Proposal.of(List.of())).thenApply(CommandIndex::entry);
  }

  private CompletableFuture<Long> add(Proposal proposal) {
    synchronized (this) {
      if (ended != null) {
        return CompletableFuture.failedFuture(ended);
      }
      if (waiting.size() >= WAITING) {
        return CompletableFuture.failedFuture(
            new LogUnavailable(WAITING + " proposals wait already; propose again later"));
      }
      waiting.add(proposal);
    }
    next();
    return proposal.first;
  }

  private void next() {
    List<Proposal> batch;
    synchronized (this) {
      if (waiting.isEmpty()) {
        return;
      }
      if (underWay >= limits.atOnce) {
        watch();
        return;
      }
      if (resting) {
        return;
      }
      if (limits.apart.isZero() && waiting.size() < last) {
        gather();
        return;
      }
      batch = take();
    }
    begin(batch);
  }

  /** One look is due at a time, because each wakes a thread. */
  private void watch() {
    if (!watching && underWay == limits.atOnce) {
      watching = true;
      var after = sent;
      later.run(() -> watched(after), SLOW);
    }
  }

  private void watched(long after) {
    synchronized (this) {
      watching = false;
      if (sent != after && underWay >= limits.atOnce && !waiting.isEmpty()) {
        watch();
        return;
      }
    }
    waitedSince(after);
  }

  private void rested() {
    synchronized (this) {
      resting = false;
    }
    next();
  }

  private void gather() {
    if (gathering < sent) {
      gathering = sent;
      var after = sent;
      later.run(() -> waitedSince(after), GATHER);
    }
  }

  private void waitedSince(long after) {
    List<Proposal> batch;
    synchronized (this) {
      if (sent != after || waiting.isEmpty() || underWay > limits.atOnce) {
        return;
      }
      batch = take();
    }
    begin(batch);
  }

  private void begin(List<Proposal> batch) {
    var commands = batch.stream().flatMap(proposal -> proposal.commands.stream()).toList();
    var answer = send(new Batch(commands));
    if (answer.isDone()) {
      try {
        answer.whenCompleteAsync((first, error) -> done(batch, first, error), executor);
      } catch (RejectedExecutionException e) {
        done(batch, null, new LogUnavailable("too much is under way; propose again later", e));
      }
    } else {
      answer.whenComplete((first, error) -> done(batch, first, error));
    }
  }

  /** A batch that cannot even be sent fails alone, and is not under way for ever. */
  private CompletableFuture<Long> send(Batch batch) {
    try {
      return send.apply(batch);
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(
          new LogUnavailable("proposals could not be sent: " + e.getMessage(), e));
    }
  }

  private List<Proposal> take() {
    var batch = new ArrayList<Proposal>();
    var bytes = 0;
    var commands = 0;
    while (!waiting.isEmpty()) {
      bytes += waiting.getFirst().length();
      commands += waiting.getFirst().commands().size();
      if ((bytes > Batch.BYTES || commands > CommandIndex.BATCH) && !batch.isEmpty()) {
        break;
      }
      batch.add(waiting.removeFirst());
    }
    underWay++;
    sent++;
    last = batch.size();
    if (!limits.apart.isZero()) {
      resting = true;
      later.run(this::rested, limits.apart);
    }
    return batch;
  }

  private void done(List<Proposal> batch, @Nullable Long first, @Nullable Throwable error) {
    synchronized (this) {
      underWay--;
    }
    next();
    var place = 0;
    for (var proposal : batch) {
      if (error != null || first == null) {
        proposal.first.completeExceptionally(
            error != null ? error : new LogUnavailable("the batch has no entry"));
      } else if (proposal.commands.isEmpty()) {
        proposal.first.complete(first);
      } else {
        proposal.first.complete(first + place);
        place += proposal.commands.size();
      }
    }
  }

  /** Fails all that wait, and all that come. */
  void end(IOException why) {
    List<Proposal> left;
    synchronized (this) {
      if (ended != null) {
        return;
      }
      ended = why;
      left = List.copyOf(waiting);
      waiting.clear();
    }
    left.forEach(proposal -> proposal.first.completeExceptionally(why));
  }
}
