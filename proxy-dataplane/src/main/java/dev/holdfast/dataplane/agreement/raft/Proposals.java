package dev.holdfast.dataplane.agreement.raft;

import java.io.IOException;
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
 * entry costs a write to the disk on a majority, whatever is in it. Safe for use by many threads.
 */
final class Proposals {
  static final int WAITING = 4096;
  static final int COMMAND_BYTES = 64 << 10;

  /** More would make smaller batches. */
  private static final int UNDER_WAY = 2;

  /**
   * @param command one, or none to learn of an entry only
   */
  private record Proposal(List<byte[]> command, CompletableFuture<Long> index) {
    int length() {
      return command.isEmpty() ? 0 : command.getFirst().length;
    }
  }

  private final ArrayDeque<Proposal> waiting = new ArrayDeque<>();
  private final Function<Batch, CompletableFuture<Long>> send;
  private final Executor executor;
  private int underWay;
  private @Nullable IOException ended;

  /**
   * @param send has a batch committed, and says as which entry; always in some time
   * @param executor what send is called on; it may block
   */
  Proposals(Function<Batch, CompletableFuture<Long>> send, Executor executor) {
    this.send = send;
    this.executor = executor;
  }

  /** Done with the command's index. */
  CompletableFuture<Long> propose(byte[] command) {
    if (command.length > COMMAND_BYTES) {
      return CompletableFuture.failedFuture(
          new LogUnavailable(
              "expected a command of at most %d bytes, found %d"
                  .formatted(COMMAND_BYTES, command.length)));
    }
    return add(new Proposal(List.of(command), new CompletableFuture<>()));
  }

  /** Done with an entry that was committed after this was called. */
  CompletableFuture<Long> mark() {
    return add(new Proposal(List.of(), new CompletableFuture<>()));
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
    return proposal.index;
  }

  private void next() {
    List<Proposal> batch;
    synchronized (this) {
      if (underWay == UNDER_WAY || waiting.isEmpty()) {
        return;
      }
      underWay++;
      batch = take();
    }
    try {
      executor.execute(() -> send(batch));
    } catch (RejectedExecutionException e) {
      done(batch, null, new LogUnavailable("too much is under way; propose again later", e));
    }
  }

  private List<Proposal> take() {
    var batch = new ArrayList<Proposal>();
    var bytes = 0;
    while (!waiting.isEmpty() && batch.size() < CommandIndex.BATCH) {
      bytes += waiting.getFirst().length();
      if (bytes > Batch.BYTES && !batch.isEmpty()) {
        break;
      }
      batch.add(waiting.removeFirst());
    }
    return batch;
  }

  private void send(List<Proposal> batch) {
    var commands = new ArrayList<byte[]>();
    for (var proposal : batch) {
      commands.addAll(proposal.command);
    }
    send.apply(new Batch(commands)).whenComplete((entry, error) -> done(batch, entry, error));
  }

  private void done(List<Proposal> batch, @Nullable Long entry, @Nullable Throwable error) {
    synchronized (this) {
      underWay--;
    }
    next();
    var place = 0;
    for (var proposal : batch) {
      if (error != null || entry == null) {
        proposal.index.completeExceptionally(
            error != null ? error : new LogUnavailable("the batch has no entry"));
      } else if (proposal.command.isEmpty()) {
        proposal.index.complete(entry);
      } else {
        proposal.index.complete(CommandIndex.of(entry, place++));
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
    left.forEach(proposal -> proposal.index.completeExceptionally(why));
  }
}
