package dev.holdfast.dataplane.agreement.peer;

import static dev.holdfast.dataplane.agreement.peer.TestPeers.SOON;
import static dev.holdfast.dataplane.agreement.peer.TestPeers.ask;
import static dev.holdfast.dataplane.agreement.peer.TestPeers.echo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.holdfast.dataplane.agreement.peer.PeerNetwork.Subject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsPeerNetworkTest {
  private static final PeerNetwork.Answerer NEVER = (from, question) -> new CompletableFuture<>();

  @TempDir Path directory;

  @Test
  @DisplayName("Each of three asks both others, and the asker's name is the certificate's")
  void three() throws Exception {
    try (var peers = new TestPeers(directory).start("a", "b", "c")) {
      for (var name : List.of("a", "b", "c")) {
        echo(peers.get(name));
      }
      for (var from : List.of("a", "b", "c")) {
        for (var to : peers.get(from).others()) {
          assertThat(ask(peers.get(from), to, "to " + to))
              .succeedsWithin(SOON)
              .isEqualTo(from + ":to " + to);
        }
      }
      assertThat(peers.get("a").others()).containsExactlyInAnyOrder("b", "c");
    }
  }

  @Test
  @DisplayName(
      "Questions arrive in the order in which they were asked, large ones among small ones")
  void order() throws Exception {
    try (var peers = new TestPeers(directory).start("a", "b")) {
      var heard = new CopyOnWriteArrayList<Integer>();
      peers
          .get("b")
          .answer(
              Subject.Log,
              (from, question) -> {
                heard.add(question.length);
                return CompletableFuture.completedStage(new byte[0]);
              });
      var random = new Random(7);
      var sizes =
          IntStream.range(0, 900)
              .mapToObj(i -> i % 100 == 0 ? 1 << 19 : random.nextInt(64))
              .toList();
      var answers = new ArrayList<CompletableFuture<byte[]>>();
      for (var size : sizes) {
        answers.add(
            peers.get("a").ask("b", Subject.Log, new byte[size], SOON).toCompletableFuture());
      }
      assertThat(CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)))
          .succeedsWithin(SOON);
      assertThat(heard).isEqualTo(sizes);
    }
  }

  @Test
  @DisplayName(
      "The longest question and the longest answer pass unchanged, a longer one fails at once")
  void longest() throws Exception {
    try (var peers = new TestPeers(directory).start("a", "b")) {
      peers
          .get("b")
          .answer(Subject.Log, (from, question) -> CompletableFuture.completedStage(question));
      var content = new byte[PeerNetwork.MAX_BYTES];
      new Random(3).nextBytes(content);
      var answer = peers.get("a").ask("b", Subject.Log, content, SOON).toCompletableFuture();
      assertThat(Arrays.equals(answer.get(SOON.toSeconds(), TimeUnit.SECONDS), content)).isTrue();
      assertThat(peers.get("a").ask("b", Subject.Log, new byte[content.length + 1], SOON))
          .isCompletedExceptionally();
    }
  }

  @Test
  @DisplayName("Without an answer a question fails at its deadline, and its place is free again")
  void deadline() throws Exception {
    try (var peers = new TestPeers(directory).start("a", "b")) {
      peers.get("b").answer(Subject.Log, NEVER);
      for (int round = 0; round < 2; round++) {
        var asked = new ArrayList<CompletableFuture<byte[]>>();
        for (int i = 0; i < PeerLimits.standard().waiting(); i++) {
          asked.add(
              peers
                  .get("a")
                  .ask("b", Subject.Log, new byte[1], Duration.ofMillis(500))
                  .toCompletableFuture());
        }
        assertThat(asked)
            .allSatisfy(question ->
                assertThatThrownBy(() -> question.get(SOON.toSeconds(), TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(TimeoutException.class));
      }
    }
  }

  @Test
  @DisplayName("Too many questions, or too large ones together, fail at once")
  void tooMany() throws Exception {
    try (var peers = new TestPeers(directory).start("a", "b")) {
      peers.get("b").answer(Subject.Log, NEVER);
      var network = peers.get("a");
      for (int i = 0; i < PeerLimits.standard().waiting(); i++) {
        assertThat(network.ask("b", Subject.Log, new byte[1], SOON).toCompletableFuture())
            .isNotCompletedExceptionally();
      }
      assertThatThrownBy(() ->
              network.ask("b", Subject.Log, new byte[1], SOON).toCompletableFuture().getNow(null))
          .hasCauseInstanceOf(RejectedExecutionException.class)
          .hasMessageContaining("wait for b already");
    }
    try (var peers = new TestPeers(directory).start("a", "b")) {
      peers.get("b").answer(Subject.Log, NEVER);
      var network = peers.get("a");
      for (int i = 0; i < 2; i++) {
        assertThat(network.ask("b", Subject.Log, new byte[PeerNetwork.MAX_BYTES], SOON))
            .isNotCompletedExceptionally();
      }
      assertThat(network.ask("b", Subject.Log, new byte[1], SOON)).isCompletedExceptionally();
    }
  }

  @Test
  @DisplayName("A refusal says why: nobody answers, the answerer failed, no such peer")
  void refusals() throws Exception {
    try (var peers = new TestPeers(directory).start("a", "b")) {
      peers
          .get("b")
          .answer(
              Subject.Proposal,
              (from, question) -> {
                throw new IllegalStateException("not the leader");
              });
      var network = peers.get("a");
      assertThat(network.ask("b", Subject.Vote, new byte[0], SOON))
          .failsWithin(SOON)
          .withThrowableOfType(ExecutionException.class)
          .withMessageContaining("nobody here answers");
      assertThat(network.ask("b", Subject.Proposal, new byte[0], SOON))
          .failsWithin(SOON)
          .withThrowableOfType(ExecutionException.class)
          .withMessageContaining("not the leader");
      assertThat(network.ask("z", Subject.Vote, new byte[0], SOON)).isCompletedExceptionally();
    }
  }

  @Test
  @DisplayName(
      "When a peer goes its questions fail; those asked meanwhile are answered on its return")
  void comesBack() throws Exception {
    try (var peers = new TestPeers(directory).start("a", "b")) {
      var network = peers.get("a");
      peers.get("b").answer(Subject.Log, NEVER);
      echo(peers.get("b"));
      assertThat(ask(network, "b", "before")).succeedsWithin(SOON);
      var lost = network.ask("b", Subject.Log, new byte[1], SOON);
      assertThat(ask(network, "b", "same connection")).succeedsWithin(SOON);

      var port = peers.get("b").address().getPort();
      peers.get("b").close();
      assertThat(lost)
          .failsWithin(SOON)
          .withThrowableOfType(ExecutionException.class)
          .withMessageContaining("the connection to b was lost");

      var waits = ask(network, "b", "meanwhile");
      var back = peers.restart("b", TestPeers.UID, port);
      echo(back);
      back.configure(Map.of("a", TestPeers.address(network)));
      assertThat(waits).succeedsWithin(SOON).isEqualTo("a:meanwhile");
    }
  }

  @Test
  @DisplayName("A connection that falls silent is given up in seconds, and made again")
  void silence() throws Exception {
    try (var peers = new TestPeers(directory).start("a", "b");
        var wire = new TestWire(peers.get("b").address())) {
      var network = peers.get("a");
      echo(peers.get("b"));
      network.configure(Map.of("b", new PeerAddress("127.0.0.1", wire.port())));
      assertThat(ask(network, "b", "before")).succeedsWithin(SOON);

      wire.freeze();
      assertThat(ask(network, "b", "into the void"))
          .failsWithin(SOON)
          .withThrowableOfType(ExecutionException.class)
          .withMessageContaining("nothing was heard for 3000ms");
      wire.thaw();
      assertThat(ask(network, "b", "after")).succeedsWithin(SOON).isEqualTo("a:after");
    }
  }

  @Test
  @DisplayName("A peer that is configured no more is asked no more, and may not ask")
  void removed() throws Exception {
    try (var peers = new TestPeers(directory).start("a", "b", "c")) {
      echo(peers.get("a"));
      peers.get("c").answer(Subject.Log, NEVER);
      var network = peers.get("a");
      var waits = network.ask("c", Subject.Log, new byte[1], SOON);
      network.configure(Map.of("b", TestPeers.address(peers.get("b"))));
      assertThat(waits).failsWithin(SOON);
      assertThat(network.ask("c", Subject.Log, new byte[1], SOON)).isCompletedExceptionally();
      await()
          .atMost(SOON)
          .untilAsserted(() ->
              assertThat(TestPeers.metrics(network))
                  .contains("peer=\"b\",resource=\"default/pg\"} 1\n"));
      assertThat(TestPeers.metrics(network)).doesNotContain("peer=\"c\"");
    }
  }

  @Test
  @DisplayName("close ends what waits, with a peer that is nowhere too")
  void close() throws Exception {
    try (var peers = new TestPeers(directory).start("a")) {
      var network = peers.get("a");
      network.configure(Map.of("b", new PeerAddress("no-such-host.invalid", 1)));
      var waits = network.ask("b", Subject.Log, new byte[1], SOON);
      network.close();
      assertThat(waits).failsWithin(Duration.ofSeconds(5));
      assertThat(network.ask("b", Subject.Log, new byte[1], SOON)).isCompletedExceptionally();
      network.close();
    }
  }
}
