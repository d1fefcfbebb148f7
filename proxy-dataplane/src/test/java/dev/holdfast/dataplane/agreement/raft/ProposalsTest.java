package dev.holdfast.dataplane.agreement.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.dataplane.agreement.wire.UnreadableException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ProposalsTest {
  private final List<Batch> sent = new ArrayList<>();
  private final List<CompletableFuture<Long>> answers = new ArrayList<>();
  private final Map<Duration, Runnable> later = new HashMap<>();
  private final Proposals proposals =
      new Proposals(
          batch -> {
            sent.add(batch);
            answers.add(new CompletableFuture<>());
            return answers.getLast();
          },
          Runnable::run,
          (task, delay) -> later.put(delay, task));

  private List<CompletableFuture<Long>> propose(int count) {
    return Stream.generate(() -> proposals.propose(new byte[1])).limit(count).toList();
  }

  private List<Integer> sizes() {
    return sent.stream().map(batch -> batch.commands().size()).toList();
  }

  private void passed(Duration delay) {
    Objects.requireNonNull(later.remove(delay)).run();
  }

  @Test
  @DisplayName("what comes while a batch is under way goes together in the next one")
  void batches() {
    var first = proposals.propose(new byte[1]);
    var second = proposals.propose(new byte[1]);
    var mark = proposals.mark();
    var third = proposals.propose(new byte[1]);
    assertThat(sizes()).containsExactly(1);
    answers.get(0).complete(7L);
    assertThat(first).isCompletedWithValue(CommandIndex.of(7, 0));
    assertThat(sizes()).containsExactly(1, 2);
    answers.get(1).complete(9L);
    assertThat(second).isCompletedWithValue(CommandIndex.of(9, 0));
    assertThat(third).isCompletedWithValue(CommandIndex.of(9, 1));
    assertThat(mark).isCompletedWithValue(9L);
  }

  @Test
  @DisplayName("a batch waits to become as large as the last one, but not for long")
  void gathers() {
    propose(1);
    propose(5);
    answers.get(0).complete(1L);
    answers.get(1).complete(2L);
    propose(4);
    assertThat(sizes()).containsExactly(1, 5);
    propose(1);
    assertThat(sizes()).containsExactly(1, 5, 5);
    passed(Proposals.GATHER);
    answers.get(2).complete(3L);
    propose(2);
    assertThat(sizes()).containsExactly(1, 5, 5);
    passed(Proposals.GATHER);
    assertThat(sizes()).containsExactly(1, 5, 5, 2);
    answers.get(3).complete(4L);
    propose(2);
    assertThat(sizes()).containsExactly(1, 5, 5, 2, 2);
  }

  @Test
  @DisplayName("a batch that takes long holds up the next one no longer, but two do")
  void slow() {
    propose(3);
    passed(Proposals.SLOW);
    assertThat(sizes()).containsExactly(1, 2);
    propose(1);
    assertThat(later).isEmpty();
    answers.get(0).complete(1L);
    assertThat(sizes()).containsExactly(1, 2);
    passed(Proposals.SLOW);
    assertThat(sizes()).containsExactly(1, 2, 1);
  }

  @Test
  @DisplayName("whoever looks at a batch that was done by then does nothing")
  void notSlow() {
    propose(2);
    answers.get(0).complete(1L);
    propose(3);
    assertThat(sizes()).containsExactly(1, 1);
    var first = Objects.requireNonNull(later.get(Proposals.SLOW));
    answers.get(1).complete(1L);
    assertThat(sizes()).containsExactly(1, 1, 3);
    propose(1);
    first.run();
    assertThat(sizes()).containsExactly(1, 1, 3);
  }

  @Test
  @DisplayName("a batch has at most 1024 commands and 96 KiB")
  void bounds() {
    propose(2000);
    answers.get(0).complete(1L);
    assertThat(sizes()).containsExactly(1, CommandIndex.BATCH);
    answers.get(1).complete(2L);
    passed(Proposals.GATHER);
    for (var i = 0; i < 8; i++) {
      proposals.propose(new byte[30_000]);
    }
    answers.get(2).complete(3L);
    passed(Proposals.GATHER);
    assertThat(sizes()).last().isEqualTo(3);
    assertThat(proposals.propose(new byte[Proposals.COMMAND_BYTES + 1])).isCompletedExceptionally();
  }

  @Test
  @DisplayName("a full queue says so at once, and takes more when it has room")
  void full() {
    assertThat(propose(Proposals.WAITING + 1)).noneMatch(CompletableFuture::isDone);
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
    var second = proposals.propose(new byte[1]);
    proposals.end(new LogUnavailable("closed"));
    assertThatThrownBy(second::join).hasMessageContaining("closed");
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
