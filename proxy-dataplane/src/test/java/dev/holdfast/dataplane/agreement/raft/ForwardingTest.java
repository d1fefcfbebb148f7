package dev.holdfast.dataplane.agreement.raft;

import static dev.holdfast.dataplane.agreement.raft.Cluster.member;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.dataplane.agreement.peer.PeerNetwork;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ForwardingTest {
  private static final Batch BATCH = new Batch(List.of(new byte[1]));

  private final Forwarding forwarding =
      new Forwarding(new Silent(), member("a"), Duration.ofHours(1));

  /** Peers that never answer. */
  private static final class Silent implements PeerNetwork {

    @Override
    public CompletionStage<byte[]> ask(
        String to, Subject subject, byte[] question, Duration within) {
      return new CompletableFuture<>();
    }

    @Override
    public void answer(Subject subject, Answerer answerer) {}

    @Override
    public Set<String> others() {
      return Set.of("b", "c");
    }

    @Override
    public void close() {}
  }

  @Test
  @DisplayName("what went to a leader that is one no more waits for its answer no longer")
  void follow() {
    var old = forwarding.forward(BATCH, member("b"));
    var next = forwarding.forward(BATCH, member("c"));
    forwarding.follow(member("c"));
    assertThat(old).isCompletedExceptionally();
    assertThatThrownBy(old::join).hasMessageContaining("c~1 leads by now; propose again");
    assertThat(next).isNotDone();
  }
}
