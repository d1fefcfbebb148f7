package dev.holdfast.dataplane.agreement.group.place;

import dev.holdfast.dataplane.agreement.ReplicatedLog;
import dev.holdfast.dataplane.agreement.peer.PeerNetwork;
import dev.holdfast.dataplane.agreement.replica.ReplicaMessage;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes on what replicas tell each other beside the log. Safe for use by many threads. */
final class Messenger {
  private static final Logger log = LoggerFactory.getLogger(Messenger.class);
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final String self;
  private final PeerNetwork network;
  private final Supplier<@Nullable ReplicatedLog<?, ?>> replicated;
  private final Executor own;
  private volatile Consumer<ReplicaMessage> listener = message -> {};

  /**
   * @param replicated null until it is open
   * @param own hands messages of this replica to itself
   */
  Messenger(
      String self,
      PeerNetwork network,
      Supplier<@Nullable ReplicatedLog<?, ?>> replicated,
      Executor own) {
    this.self = self;
    this.network = network;
    this.replicated = replicated;
    this.own = own;
  }

  void onMessage(Consumer<ReplicaMessage> next) {
    listener = next;
  }

  void tellLeader(ReplicaMessage message) {
    var open = replicated.get();
    if (open != null) {
      open.leader().ifPresent(leader -> tell(leader.peer(), message));
    }
  }

  void tellAll(ReplicaMessage message) {
    tell(self, message);
    network.others().forEach(peer -> tell(peer, message));
  }

  private void tell(String peer, ReplicaMessage message) {
    if (peer.equals(self)) {
      own.execute(() -> listener.accept(message));
      return;
    }
    network
        .ask(peer, PeerNetwork.Subject.Vote, Messages.bytes(message), PATIENCE)
        .whenComplete((done, failure) -> {
          if (failure != null) {
            log.debug("{} does not hear {}: {}", peer, message, failure.toString());
          }
        });
  }

  /** A message came; nobody votes in another's name. */
  CompletionStage<byte[]> heard(String from, byte[] bytes) {
    try {
      var message = Messages.message(bytes);
      if (message instanceof ReplicaMessage.Verdicts verdicts
          && !verdicts.voter().member().peer().equals(from)) {
        throw new IOException("expected verdicts of " + from + ", found " + verdicts.voter());
      }
      listener.accept(message);
      return CompletableFuture.completedStage(new byte[0]);
    } catch (IOException e) {
      return CompletableFuture.failedStage(e);
    }
  }
}
