package dev.holdfast.dataplane.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.holdfast.dataplane.relay.Talk.Heard;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@ExtendWith(NoLeaks.class)
class ByteStreamPropertyTest {
  private static final int SESSIONS_AT_A_TIME = 12;

  private record Session(Talk client, Talk backend, Heard clientHeard, Heard backendHeard) {}

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  @DisplayName("F26 T18 any two byte streams pass unchanged, with their ends and resets")
  void passesUnchanged(long seed) throws Exception {
    var random = new Random(seed);
    var sessions = new ArrayList<Callable<Session>>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var i = 0; i < SESSIONS_AT_A_TIME; i++) {
        var client = Talk.random(random);
        var backend = Talk.random(random);
        sessions.add(() -> play(client, backend));
      }
      for (var session : threads.invokeAll(sessions)) {
        check(session.get());
      }
    }
  }

  /** {@code -Drelay.seeds=1000} for a long search. */
  static LongStream seeds() {
    return LongStream.rangeClosed(1, Long.getLong("relay.seeds", 8));
  }

  private static Session play(Talk client, Talk backend) throws Exception {
    var backendHeard = new CompletableFuture<Heard>();
    var relayed = new CompletableFuture<RelayFixture>();
    try (var server =
            TestBackend.running(connection -> {
              awaitLinked(relayed.get());
              backendHeard.complete(backend.play(connection, client));
            });
        var relay = new RelayFixture().open(server.port());
        var socket = relay.connect()) {
      relayed.complete(relay);
      var clientHeard = client.play(socket, backend);
      var session =
          new Session(client, backend, clientHeard, backendHeard.get(30, TimeUnit.SECONDS));
      assertThat(server.errors).isEmpty();
      return session;
    }
  }

  /** A reset that comes sooner is a failed connect, and the client is kept for the next target. */
  private static void awaitLinked(RelayFixture relay) {
    await()
        .pollInterval(1, TimeUnit.MILLISECONDS)
        .until(() -> relay.server.counts().backends().get("backend-1").connected() == 1);
  }

  private static void check(Session session) {
    var resets = List.of(session.client.endsWithReset(), session.backend.endsWithReset());
    if (resets.contains(true)) {
      checkReset(session.client, session.backend, session.backendHeard);
      checkReset(session.backend, session.client, session.clientHeard);
    } else {
      assertThat(session.backendHeard).isEqualTo(new Heard(session.client.length(), false));
      assertThat(session.clientHeard).isEqualTo(new Heard(session.backend.length(), false));
    }
  }

  /** Bytes may be lost in front of a reset, but a reset never looks like a complete stream. */
  private static void checkReset(Talk speaker, Talk listener, Heard heard) {
    assertThat(heard.bytes()).isLessThanOrEqualTo(speaker.length());
    if (speaker.endsWithReset()) {
      assertThat(heard.reset()).as("%s hears the reset of %s", listener, speaker).isTrue();
    }
  }
}
