package dev.holdfast.dataplane.agreement.raft;

import dev.holdfast.dataplane.agreement.MemberId;
import dev.holdfast.dataplane.agreement.peer.PeerNetwork;
import dev.holdfast.dataplane.agreement.peer.PeerNetwork.Answerer;
import dev.holdfast.dataplane.agreement.peer.PeerNetwork.Subject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;

/** Followers' batches on their one hop to the leader. */
final class Forwarding {
  private static final byte COMMITTED = 3;
  private static final byte REFUSED = 2;

  /** What the leader does with a batch that came. */
  interface Acceptor {
    /** Done with the index of the first command. Must not block. */
    CompletableFuture<Long> accept(Batch batch) throws IOException;
  }

  private record Forwarded(MemberId leader, CompletableFuture<Long> index) {}

  private final Set<Forwarded> underWay = ConcurrentHashMap.newKeySet();
  private final PeerNetwork network;
  private final MemberId self;
  private final Duration patience;

  Forwarding(PeerNetwork network, MemberId self, Duration patience) {
    this.network = network;
    this.self = self;
    this.patience = patience;
  }

  CompletableFuture<Long> forward(Batch batch, MemberId leader) {
    var index =
        network
            .ask(leader.peer(), Subject.Proposal, batch.bytes(), patience)
            .thenCompose(answer -> index(ByteBuffer.wrap(answer), leader))
            .toCompletableFuture();
    var forwarded = new Forwarded(leader, index);
    underWay.add(forwarded);
    return index.whenComplete((_, _) -> underWay.remove(forwarded));
  }

  /**
   * Gives up what is on its way to those who led before: they may be dead, and whoever proposes
   * again has an answer sooner. It may be committed all the same.
   */
  void follow(MemberId leader) {
    for (var forwarded : underWay) {
      if (!forwarded.leader.equals(leader)) {
        forwarded.index.completeExceptionally(
            new LogUnavailable(
                "%s has not answered, and %s leads by now; propose again"
                    .formatted(forwarded.leader, leader)));
      }
    }
  }

  private CompletableFuture<Long> index(ByteBuffer answer, MemberId leader) {
    var kind = answer.hasRemaining() ? answer.get() : 0;
    if (kind == COMMITTED && answer.remaining() == Long.BYTES) {
      return CompletableFuture.completedFuture(answer.getLong());
    }
    var why =
        kind == REFUSED
            ? StandardCharsets.UTF_8.decode(answer).toString()
            : "expected a command's index, found another answer";
    return CompletableFuture.failedFuture(
        new LogUnavailable("%s, asked by %s: %s".formatted(leader, self, why)));
  }

  Answerer answerer(Acceptor acceptor) {
    return (from, question) ->
        accept(acceptor, question)
            .handle((index, error) -> error == null ? committed(index) : refused(error));
  }

  private static CompletableFuture<Long> accept(Acceptor acceptor, byte[] question) {
    try {
      return acceptor.accept(Batch.read(ByteBuffer.wrap(question)));
    } catch (IOException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private static byte[] committed(long index) {
    return ByteBuffer.allocate(1 + Long.BYTES).put(COMMITTED).putLong(index).array();
  }

  private static byte[] refused(Throwable error) {
    var cause =
        error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
    var why = String.valueOf(cause.getMessage()).getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(1 + why.length).put(REFUSED).put(why).array();
  }
}
