package dev.holdfast.dataplane.agreement.raft;

import dev.holdfast.dataplane.agreement.MemberId;
import dev.holdfast.dataplane.agreement.peer.PeerNetwork;
import dev.holdfast.dataplane.agreement.raft.Proposals.Limits;
import dev.holdfast.dataplane.agreement.wire.Codec;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

/**
 * The way of what this member proposes into the leader's log: straight when it leads, else in
 * batches over one hop. There the batches of all members become one entry, because an entry costs
 * all of them messages and a write to the disk.
 */
final class BatchRoute {
  /** One entry is on its way to its majority at a time: two would be half as large. */
  private static final int ENTRIES = 1;

  /** Batches on their way to the leader are not entries yet: those that wait there become one. */
  private static final int FORWARDED = 4;

  private final LogOptions options;
  private final Codec<?> commands;
  private final PeerNetwork network;
  private final Forwarding forwarding;
  private final Supplier<RaftMember> member;
  private final Executor calls;
  private final Deadlines deadlines;

  /** What goes into the log while this member leads. */
  private final Proposals entries;

  /** What goes to the leader while another member leads. */
  private final Proposals forwarded;

  /**
   * @param commands of which only those that can be read are taken from others
   * @param calls where batches are submitted, which may block
   * @param member only asked for once batches are on their way
   */
  BatchRoute(
      LogOptions options,
      Codec<?> commands,
      PeerNetwork network,
      Executor calls,
      Later later,
      Supplier<RaftMember> member) {
    this.options = options;
    this.commands = commands;
    this.network = network;
    this.member = member;
    this.calls = calls;
    deadlines = new Deadlines(options.patience(), later);
    forwarding = new Forwarding(network, options.self(), options.patience());
    entries =
        new Proposals(this::submit, calls, later, new Limits(ENTRIES, options.entriesApart()));
    forwarded = new Proposals(this::send, calls, later, new Limits(FORWARDED, Duration.ZERO));
  }

  /** From now on others' batches are taken. */
  void open() {
    network.answer(PeerNetwork.Subject.Proposal, forwarding.answerer(this::accept));
  }

  /** Done with the command's index. */
  CompletableFuture<Long> propose(byte[] command) {
    return proposals().propose(command);
  }

  /** Done with an entry that was committed after this was called. */
  CompletableFuture<Long> mark() {
    return proposals().mark();
  }

  private Proposals proposals() {
    return member.get().leads() ? entries : forwarded;
  }

  private CompletableFuture<Long> send(Batch batch) {
    var raft = member.get();
    if (raft.leads()) {
      return entries.propose(batch);
    }
    var leader = raft.leader();
    if (leader.isEmpty() || leader.get().equals(options.self())) {
      return CompletableFuture.failedFuture(
          new LogUnavailable("nobody leads at the moment; propose again"));
    }
    return forwarding.forward(batch, leader.get());
  }

  /** Has another member's batch committed, if this one leads. */
  private CompletableFuture<Long> accept(Batch batch) throws IOException {
    for (var command : batch.commands()) {
      commands.decode(command);
    }
    var raft = member.get();
    if (!raft.leads()) {
      throw leadsNot(raft);
    }
    return entries.propose(batch);
  }

  private CompletableFuture<Long> submit(Batch batch) {
    try {
      return CompletableFuture.supplyAsync(() -> append(batch), calls).thenCompose(index -> index);
    } catch (RejectedExecutionException e) {
      return CompletableFuture.failedFuture(
          new LogUnavailable("too much is under way; propose again later", e));
    }
  }

  private CompletableFuture<Long> append(Batch batch) {
    var raft = member.get();
    return raft.leads()
        ? within(raft.submit(batch)).thenApply(entry -> CommandIndex.of(entry, 0))
        : CompletableFuture.failedFuture(leadsNot(raft));
  }

  private LogUnavailable leadsNot(RaftMember raft) {
    var leader = raft.leader().map(MemberId::toString).orElse("nobody");
    return new LogUnavailable("%s does not lead, %s does".formatted(options.self(), leader));
  }

  /** Somebody leads from now on, this member or another. Any thread. */
  void follow(MemberId leader) {
    forwarding.follow(leader);
  }

  /** Fails all that waits, and all that comes. */
  void end(IOException why) {
    forwarded.end(why);
    entries.end(why);
  }

  private CompletableFuture<Long> within(CompletableFuture<Long> submitted) {
    return deadlines
        .bound(submitted)
        .exceptionallyCompose(e ->
            CompletableFuture.failedFuture(
                new LogUnavailable("no majority has committed it yet (%s)".formatted(e), e)));
  }
}
