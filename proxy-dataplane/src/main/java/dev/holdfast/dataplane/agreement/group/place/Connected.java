package dev.holdfast.dataplane.agreement.group.place;

import dev.holdfast.dataplane.agreement.group.Greeting;
import dev.holdfast.dataplane.agreement.peer.PeerAddress;
import dev.holdfast.dataplane.agreement.peer.PeerNetwork;
import dev.holdfast.dataplane.agreement.replica.ReplicaAddress;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The network to the peers that are configured, and to members that are so no longer, until they
 * are removed: without them there may be no majority for that. Used by one thread.
 */
final class Connected implements AutoCloseable {
  private final PeerNetwork peers;
  private final Consumer<Map<String, PeerAddress>> connect;
  private final Runnable closed;
  private final Map<String, PeerAddress> book = new HashMap<>();
  private Set<String> configured = Set.of();
  private Map<String, PeerAddress> current = Map.of();

  /**
   * @param connect has the network talk to these peers and no others
   * @param closed told after the network's end
   */
  Connected(PeerNetwork peers, Consumer<Map<String, PeerAddress>> connect, Runnable closed) {
    this.peers = peers;
    this.connect = connect;
    this.closed = closed;
  }

  PeerNetwork peers() {
    return peers;
  }

  void follow(List<ReplicaAddress> all) {
    all.forEach(peer -> book.put(peer.name(), new PeerAddress(peer.host(), peer.port())));
    configured = all.stream().map(ReplicaAddress::name).collect(Collectors.toSet());
    keep(Set.of());
  }

  /** Talks to these, too, as far as it was ever known where they are. */
  void keep(Set<String> members) {
    var wanted = new HashSet<>(configured);
    wanted.addAll(members);
    book.keySet().retainAll(wanted);
    if (!book.equals(current)) {
      current = Map.copyOf(book);
      connect.accept(current);
    }
  }

  /** What the peer says of itself; an error when that is nothing, or of another peer. */
  CompletionStage<Greeting> greet(String peer, Greeting greeting, Duration within) {
    return peers
        .ask(peer, PeerNetwork.Subject.Greeting, Greetings.write(greeting), within)
        .thenCompose(bytes -> {
          try {
            var answer = Greetings.read(bytes);
            return answer.self().peer().equals(peer)
                ? CompletableFuture.completedStage(answer)
                : CompletableFuture.failedStage(
                    new IOException("expected a greeting of " + peer + ", found " + answer));
          } catch (IOException e) {
            return CompletableFuture.failedStage(e);
          }
        });
  }

  @Override
  public void close() {
    peers.close();
    closed.run();
  }
}
