package dev.holdfast.dataplane.agreement.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.dataplane.agreement.wire.UnreadableException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ProposalsTest {
  private final List<Batch> sent = new ArrayList<>();
  private final List<CompletableFuture<Long>> answers = new ArrayList<>();
  private final Map<Duration, Runnable> later = new HashMap<>();
  private final Proposals proposals = proposals(1);

  private Proposals proposals(int atOnce) {
    return proposals(new Proposals.Limits(atOnce, Duration.ZERO));
  }

  private Proposals proposals(Proposals.Limits limits) {
    return new Proposals(
        this::send, Runnable::run, (task, delay) -> later.put(delay, task), limits);
  }

  private CompletableFuture<Long> send(Batch batch) {
    sent.add(batch);
    answers.add(new CompletableFuture<>());
    return answers.getLast();
  }

  private List<CompletableFuture<Long>> propose(int count) {
    return Stream.generate(() -> proposals.propose(new byte[1])).limit(count).toList();
  }

  private List<Integer> sizes() {
    return sent.stream().map(batch -> batch.commands().size()).toList();
  }

  private void committed(int batch, long entry) {
    answers.get(batch).complete(CommandIndex.of(entry, 0));
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
    committed(0, 7);
    assertThat(first).isCompletedWithValue(CommandIndex.of(7, 0));
    assertThat(sizes()).containsExactly(1, 2);
    committed(1, 9);
    assertThat(second).isCompletedWithValue(CommandIndex.of(9, 0));
    assertThat(third).isCompletedWithValue(CommandIndex.of(9, 1));
    assertThat(mark).isCompletedWithValue(9L);
  }

  @Test
  @DisplayName("a batch that cannot be sent fails its own proposals, and the next one goes")
  void unsendable() {
    var broken = new AtomicInteger(1);
    var fragile =
        new Proposals(
            batch -> {
              if (broken.getAndDecrement() > 0) {
                throw new IllegalStateException("no way");
              }
              return send(batch);
            },
            Runnable::run,
            (task, delay) -> later.put(delay, task),
            new Proposals.Limits(1, Duration.ZERO));
    assertThat(fragile.propose(new byte[1]))
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .havingRootCause()
        .withMessage("no way");
    var next = fragile.propose(new byte[1]);
    committed(0, 1);
    assertThat(next).isCompletedWithValue(CommandIndex.of(1, 0));
  }

  @Test
  @DisplayName("a batch waits to become as large as the last one, but not for long")
  void gathers() {
    propose(1);
    propose(5);
    committed(0, 1);
    committed(1, 2);
    propose(4);
    assertThat(sizes()).containsExactly(1, 5);
    propose(1);
    assertThat(sizes()).containsExactly(1, 5, 5);
    passed(Proposals.GATHER);
    committed(2, 3);
    propose(2);
    assertThat(sizes()).containsExactly(1, 5, 5);
    passed(Proposals.GATHER);
    assertThat(sizes()).containsExactly(1, 5, 5, 2);
    committed(3, 4);
    propose(2);
    assertThat(sizes()).containsExactly(1, 5, 5, 2, 2);
  }

  @Test
  @DisplayName("batches that are to be apart wait for that time, and for nothing else")
  void apart() {
    var apart = Duration.ofMillis(8);
    var rare = proposals(new Proposals.Limits(1, apart));
    rare.propose(new byte[1]);
    assertThat(sizes()).containsExactly(1);
    rare.propose(new byte[1]);
    rare.propose(new byte[1]);
    committed(0, 1);
    assertThat(sizes()).containsExactly(1);
    passed(apart);
    assertThat(sizes()).containsExactly(1, 2);
    passed(apart);
    rare.propose(new byte[1]);
    assertThat(sizes()).containsExactly(1, 2);
    committed(1, 2);
    assertThat(sizes()).containsExactly(1, 2, 1);
    committed(2, 3);
    passed(apart);
    rare.propose(new byte[1]);
    assertThat(sizes()).containsExactly(1, 2, 1, 1);
  }

  @Test
  @DisplayName("a batch that takes long holds up the next one no longer, but two do")
  void slow() {
    propose(3);
    passed(Proposals.SLOW);
    assertThat(sizes()).containsExactly(1, 2);
    propose(1);
    assertThat(later).isEmpty();
    committed(0, 1);
    assertThat(sizes()).containsExactly(1, 2);
    passed(Proposals.SLOW);
    assertThat(sizes()).containsExactly(1, 2, 1);
  }

  @Test
  @DisplayName("as many batches are under way as may be, and one more when they take long")
  void severalAtOnce() {
    var three = proposals(3);
    for (var i = 0; i < 4; i++) {
      three.propose(new byte[1]);
    }
    assertThat(sizes()).containsExactly(1, 1, 1);
    three.propose(new byte[1]);
    passed(Proposals.SLOW);
    assertThat(sizes()).containsExactly(1, 1, 1, 2);
    three.propose(new byte[1]);
    assertThat(later).isEmpty();
    committed(3, 9);
    three.propose(new byte[1]);
    committed(1, 10);
    assertThat(sizes()).containsExactly(1, 1, 1, 2, 2);
  }

  @Test
  @DisplayName("whoever looks at a batch that was done by then looks again")
  void notSlow() {
    propose(2);
    committed(0, 1);
    propose(3);
    assertThat(sizes()).containsExactly(1, 1);
    var first = Objects.requireNonNull(later.get(Proposals.SLOW));
    committed(1, 1);
    assertThat(sizes()).containsExactly(1, 1, 3);
    propose(1);
    first.run();
    assertThat(sizes()).containsExactly(1, 1, 3);
    passed(Proposals.SLOW);
    assertThat(sizes()).containsExactly(1, 1, 3, 1);
  }

  @Test
  @DisplayName("callers that propose again when they are told do not call themselves")
  void toldAtOnce() {
    var told = new ArrayDeque<Runnable>();
    var refusing =
        new Proposals(
            _ -> CompletableFuture.failedFuture(new LogUnavailable("planted")),
            told::add,
            (_, _) -> {},
            new Proposals.Limits(1, Duration.ZERO));
    var again = new AtomicInteger();
    proposeForEver(refusing, again);
    for (var i = 0; i < 10_000; i++) {
      told.remove().run();
    }
    assertThat(again).hasValue(10_001);
  }

  private static void proposeForEver(Proposals proposals, AtomicInteger times) {
    times.incrementAndGet();
    proposals.propose(new byte[1]).whenComplete((_, _) -> proposeForEver(proposals, times));
  }

  @Test
  @DisplayName("a batch has at most 1024 commands and 96 KiB")
  void bounds() {
    propose(2000);
    committed(0, 1);
    assertThat(sizes()).containsExactly(1, CommandIndex.BATCH);
    committed(1, 2);
    passed(Proposals.GATHER);
    for (var i = 0; i < 8; i++) {
      proposals.propose(new byte[30_000]);
    }
    committed(2, 3);
    passed(Proposals.GATHER);
    assertThat(sizes()).last().isEqualTo(3);
    assertThat(proposals.propose(new byte[Proposals.COMMAND_BYTES + 1])).isCompletedExceptionally();
  }

  @Test
  @DisplayName("batches of several members become one, as far as they fit, in their order")
  void joined() {
    proposals.propose(batch(1));
    var second = proposals.propose(batch(2));
    var nothing = proposals.propose(batch(0));
    var third = proposals.propose(batch(CommandIndex.BATCH - 2));
    var fourth = proposals.propose(batch(1));
    committed(0, 3);
    assertThat(sizes()).containsExactly(1, CommandIndex.BATCH);
    committed(1, 5);
    passed(Proposals.GATHER);
    committed(2, 6);
    assertThat(second).isCompletedWithValue(CommandIndex.of(5, 0));
    assertThat(nothing.thenApply(CommandIndex::entry)).isCompletedWithValue(5L);
    assertThat(third).isCompletedWithValue(CommandIndex.of(5, 2));
    assertThat(fourth).isCompletedWithValue(CommandIndex.of(6, 0));
  }

  private static Batch batch(int commands) {
    return new Batch(Stream.generate(() -> new byte[1]).limit(commands).toList());
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
    committed(1, 4);
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
