package dev.holdfast.dataplane.agreement.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.dataplane.agreement.wire.UnreadableException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ProposalsTest {
  private final List<Batch> sent = new ArrayList<>();
  private final List<CompletableFuture<Long>> answers = new ArrayList<>();
  private final Proposals proposals =
      new Proposals(
          batch -> {
            sent.add(batch);
            answers.add(new CompletableFuture<>());
            return answers.getLast();
          },
          Runnable::run);

  @Test
  @DisplayName("what comes while two batches are under way goes together in the next one")
  void batches() {
    var first = proposals.propose(new byte[1]);
    proposals.propose(new byte[1]);
    var third = proposals.propose(new byte[1]);
    var mark = proposals.mark();
    var fourth = proposals.propose(new byte[1]);
    assertThat(sent).hasSize(2);
    answers.get(0).complete(7L);
    assertThat(first).isCompletedWithValue(CommandIndex.of(7, 0));
    assertThat(sent).hasSize(3);
    assertThat(sent.get(2).commands()).hasSize(2);
    answers.get(2).complete(9L);
    assertThat(third).isCompletedWithValue(CommandIndex.of(9, 0));
    assertThat(fourth).isCompletedWithValue(CommandIndex.of(9, 1));
    assertThat(mark).isCompletedWithValue(9L);
  }

  @Test
  @DisplayName("a batch has at most 1024 commands and 96 KiB")
  void bounds() {
    for (var i = 0; i < 2000; i++) {
      proposals.propose(new byte[1]);
    }
    answers.get(0).complete(1L);
    assertThat(sent.get(2).commands()).hasSize(CommandIndex.BATCH);
    for (var i = 0; i < 8; i++) {
      proposals.propose(new byte[30_000]);
    }
    answers.get(1).complete(2L);
    answers.get(2).complete(3L);
    assertThat(sent.get(4).commands()).hasSize(3);
    assertThat(proposals.propose(new byte[Proposals.COMMAND_BYTES + 1])).isCompletedExceptionally();
  }

  @Test
  @DisplayName("a full queue says so at once, and takes more when it has room")
  void full() {
    for (var i = 0; i < Proposals.WAITING + 2; i++) {
      assertThat(proposals.propose(new byte[1])).isNotDone();
    }
    assertThatThrownBy(() -> proposals.propose(new byte[1]).join())
        .hasMessageContaining("4096 proposals wait already");
    answers.getFirst().completeExceptionally(new LogUnavailable("planted"));
    assertThat(proposals.propose(new byte[1])).isNotDone();
  }

  @Test
  @DisplayName("a batch that fails fails its proposals, and the next one goes on")
  void fails() {
    var first = proposals.propose(new byte[1]);
    answers.getFirst().completeExceptionally(new LogUnavailable("planted"));
    assertThatThrownBy(first::join).hasMessageContaining("planted");
    var second = proposals.propose(new byte[1]);
    answers.get(1).complete(4L);
    assertThat(second).isCompletedWithValue(CommandIndex.of(4, 0));
  }

  @Test
  @DisplayName("at the end all that wait fail, and all that come")
  void end() {
    proposals.propose(new byte[1]);
    proposals.propose(new byte[1]);
    var third = proposals.propose(new byte[1]);
    proposals.end(new LogUnavailable("closed"));
    assertThatThrownBy(third::join).hasMessageContaining("closed");
    assertThatThrownBy(() -> proposals.mark().join()).hasMessageContaining("closed");
  }

  @Test
  @DisplayName("a batch is read as it was written, and other bytes are refused")
  void bytes() throws Exception {
    var bytes = new Batch(List.of(new byte[] {1, 2}, new byte[0], new byte[] {3})).bytes();
    assertThat(Batch.read(ByteBuffer.wrap(bytes)).commands())
        .containsExactly(new byte[] {1, 2}, new byte[0], new byte[] {3});
    for (var length = 0; length < bytes.length; length++) {
      var cut = ByteBuffer.wrap(bytes, 0, length);
      assertThatThrownBy(() -> Batch.read(cut)).isInstanceOf(UnreadableException.class);
    }
  }

  @Test
  @DisplayName("indexes grow with entries and places")
  void indexes() {
    assertThat(CommandIndex.of(1, 0)).isGreaterThan(CommandIndex.last(0));
    assertThat(CommandIndex.of(5, 1)).isGreaterThan(CommandIndex.of(5, 0));
    assertThat(CommandIndex.of(6, 0)).isGreaterThan(CommandIndex.last(5));
  }
}
