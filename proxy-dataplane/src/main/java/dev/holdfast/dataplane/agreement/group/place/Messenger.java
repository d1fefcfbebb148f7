package dev.holdfast.dataplane.agreement.group.place;

import dev.holdfast.dataplane.agreement.ReplicatedLog;
import dev.holdfast.dataplane.agreement.peer.PeerNetwork;
import dev.holdfast.dataplane.agreement.replica.ReplicaMessage;
import dev.holdfast.dataplane.agreement.wire.Codec;
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
final class Messenger<M extends ReplicaMessage> {
  private static final Logger log = LoggerFactory.getLogger(Messenger.class);
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final String self;
  private final Codec<M> codec;
  private final PeerNetwork network;
  private final Supplier<@Nullable ReplicatedLog<?, ?>> replicated;
  private final Executor own;
  private volatile Consumer<M> listener = message -> {};

  /**
   * @param replicated null until it is open
   * @param own hands messages of this replica to itself
   */
  Messenger(
      String self,
      Codec<M> codec,
      PeerNetwork network,
      Supplier<@Nullable ReplicatedLog<?, ?>> replicated,
      Executor own) {
    this.self = self;
    this.codec = codec;
    this.network = network;
    this.replicated = replicated;
    this.own = own;
  }

  void onMessage(Consumer<M> next) {
    listener = next;
  }

  void tellLeader(M message) {
    var open = replicated.get();
    if (open != null) {
      open.leader().ifPresent(leader -> tell(leader.peer(), message));
    }
  }

  void tellAll(M message) {
    tell(self, message);
    network.others().forEach(peer -> tell(peer, message));
  }

  private void tell(String peer, M message) {
    if (peer.equals(self)) {
      own.execute(() -> listener.accept(message));
      return;
    }
    network
        .ask(peer, PeerNetwork.Subject.Vote, codec.encode(message), PATIENCE)
        .whenComplete((done, failure) -> {
          if (failure != null) {
            log.debug("{} does not hear {}: {}", peer, message, failure.toString());
          }
        });
  }

  /** A message came; nobody votes in another's name. */
  CompletionStage<byte[]> heard(String from, byte[] bytes) {
    try {
      var message = codec.decode(bytes);
      var author = message.author();
      if (author.isPresent() && !author.get().peer().equals(from)) {
        throw new IOException("expected a message of " + from + ", found one of " + author.get());
      }
      listener.accept(message);
      return CompletableFuture.completedStage(new byte[0]);
    } catch (IOException e) {
      return CompletableFuture.failedStage(e);
    }
  }
}
