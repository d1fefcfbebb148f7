package dev.holdfast.dataplane.agreement.raft;

import dev.holdfast.dataplane.agreement.MemberId;
import dev.holdfast.dataplane.agreement.peer.PeerNetwork;
import dev.holdfast.dataplane.agreement.wire.Codec;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** A batch's way into the leader's log: straight when this member leads, else over one hop. */
final class BatchRoute {
  private final LogOptions options;
  private final Codec<?> commands;
  private final PeerNetwork network;
  private final Forwarding forwarding;
  private final Supplier<RaftMember> member;

  /**
   * @param commands of which only those that can be read are taken from others
   * @param calls where others' batches are accepted; may block
   * @param member only asked for once batches are on their way
   */
  BatchRoute(
      LogOptions options,
      Codec<?> commands,
      PeerNetwork network,
      Executor calls,
      Supplier<RaftMember> member) {
    this.options = options;
    this.commands = commands;
    this.network = network;
    this.member = member;
    forwarding = new Forwarding(network, options.self(), options.patience(), calls);
  }

  /** From now on others' batches are taken. */
  void open() {
    network.answer(PeerNetwork.Subject.Proposal, forwarding.answerer(this::accept));
  }

  /** Has a batch of this member's committed, wherever the leader is. */
  CompletableFuture<Long> send(Batch batch) {
    var raft = member.get();
    if (raft.leads()) {
      return within(raft.submit(batch));
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
      var leader = raft.leader().map(MemberId::toString).orElse("nobody");
      throw new LogUnavailable("%s does not lead, %s does".formatted(options.self(), leader));
    }
    return within(raft.submit(batch));
  }

  private CompletableFuture<Long> within(CompletableFuture<Long> submitted) {
    return submitted
        .orTimeout(options.patience().toMillis(), TimeUnit.MILLISECONDS)
        .exceptionallyCompose(e ->
            CompletableFuture.failedFuture(
                new LogUnavailable("no majority has committed it yet (%s)".formatted(e), e)));
  }
}
