package dev.holdfast.dataplane.agreement.raft;

import dev.holdfast.dataplane.agreement.peer.PeerNetwork;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Peers of one process, whose links can be cut. */
final class LoopbackNetwork implements AutoCloseable {
  private record Link(String from, String to) {}

  private final Map<String, End> ends = new ConcurrentHashMap<>();
  private final Set<Link> cuts = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /** A new process of a peer: whatever the one before it answered is gone. */
  PeerNetwork peer(String name) {
    var end = new End(name);
    ends.put(name, end);
    return end;
  }

  /** Nothing goes between this peer and the others any more; what was asked is never answered. */
  void cut(String name) {
    for (var other : ends.keySet()) {
      cuts.add(new Link(name, other));
      cuts.add(new Link(other, name));
    }
  }

  void heal() {
    cuts.clear();
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  private final class End implements PeerNetwork {
    private final String name;
    private final Map<Subject, Answerer> answerers = new ConcurrentHashMap<>();

    private End(String name) {
      this.name = name;
    }

    @Override
    public CompletionStage<byte[]> ask(
        String to, Subject subject, byte[] question, Duration within) {
      var answer = new CompletableFuture<byte[]>();
      if (question.length > MAX_BYTES) {
        throw new IllegalArgumentException("too long: " + question.length);
      }
      var other = ends.get(to);
      var answerer = other == null ? null : other.answerers.get(subject);
      if (cuts.contains(new Link(name, to))) {
        return answer.orTimeout(within.toMillis(), TimeUnit.MILLISECONDS);
      }
      if (answerer == null) {
        return CompletableFuture.failedFuture(new IllegalStateException(to + " is not there"));
      }
      threads.execute(() ->
          answerer
              .answer(name, question)
              .whenComplete((bytes, error) -> {
                if (cuts.contains(new Link(to, name))) {
                  return;
                }
                if (error != null) {
                  answer.completeExceptionally(error);
                } else {
                  answer.complete(bytes);
                }
              }));
      return answer.orTimeout(within.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void answer(Subject subject, Answerer answerer) {
      answerers.put(subject, answerer);
    }

    @Override
    public Set<String> others() {
      var others = new HashSet<>(ends.keySet());
      others.remove(name);
      return others;
    }

    @Override
    public void close() {
      answerers.clear();
    }
  }
}
