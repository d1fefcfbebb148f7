package dev.holdfast.health.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.health.probe.CheckKind.SendExpect;
import dev.holdfast.health.probe.ProbeResult.Failure;
import dev.holdfast.health.probe.ProbeResult.Kind;
import dev.holdfast.health.probe.ProbeResult.Success;
import dev.holdfast.health.reference.References;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SendExpectProbeTest {
  private static final SendExpect REDIS = new SendExpect("PING\r\n", "+PONG", false);

  private final ProbeBench bench = new ProbeBench(References.none());

  @AfterEach
  void stop() {
    bench.close();
  }

  @Test
  @DisplayName("The text is sent as it is, and an answer that holds the other one passes")
  void passes() throws Exception {
    var sent = new CompletableFuture<String>();
    try (var server =
        ScriptedServer.plain(socket -> {
          sent.complete(new String(socket.getInputStream().readNBytes(6)));
          ScriptedServer.write(socket, "* motd\r\n+PO");
          ScriptedServer.write(socket, "NG\r\n");
          socket.getInputStream().readAllBytes();
        })) {
      assertThat(bench.run(REDIS, server.port())).isEqualTo(new Success());
      assertThat(sent.get(5, TimeUnit.SECONDS)).isEqualTo("PING\r\n");
    }
  }

  @Test
  @DisplayName("With nothing to send the greeting is looked at")
  void greeting() throws Exception {
    try (var server =
        ScriptedServer.plain(socket -> ScriptedServer.write(socket, "220 mail ready\r\n"))) {
      assertThat(bench.run(new SendExpect("", "220 ", false), server.port()))
          .isEqualTo(new Success());
    }
  }

  @Test
  @DisplayName("Another answer fails and is shown")
  void otherAnswer() throws Exception {
    try (var server =
        ScriptedServer.plain(socket -> ScriptedServer.write(socket, "-LOADING data\r\n"))) {
      assertThat(bench.run(REDIS, server.port()))
          .isEqualTo(
              new Failure(
                  Kind.Unfit, "expected \"+PONG\" in the answer, found \"-LOADING data..\""));
    }
  }

  @Test
  @DisplayName("What a server said before it reset the connection is shown all the same")
  void reset() throws Exception {
    try (var server =
        ScriptedServer.plain(socket -> {
          socket.getInputStream().readNBytes(6);
          ScriptedServer.write(socket, "-LOADING data\r\n");
          socket.setSoLinger(true, 0);
        })) {
      assertThat(bench.run(REDIS, server.port()))
          .isEqualTo(
              new Failure(
                  Kind.Unfit, "expected \"+PONG\" in the answer, found \"-LOADING data..\""));
    }
  }

  @Test
  @DisplayName("Of an endless answer the first 16 KiB are looked at")
  void endless() throws Exception {
    try (var server = ScriptedServer.plain(SendExpectProbeTest::talksOn)) {
      assertThat(bench.run(REDIS, server.port()))
          .isInstanceOfSatisfying(
              Failure.class,
              failure -> assertThat(failure.message()).startsWith("expected \"+PONG\""));
    }
  }

  @Test
  @DisplayName("A server that says nothing fails at the timeout")
  void mute() throws Exception {
    try (var server = ScriptedServer.plain(socket -> socket.getInputStream().readAllBytes())) {
      assertThat(bench.run(REDIS, server.port(), Duration.ofMillis(300)))
          .isEqualTo(new Failure(Kind.Timeout, "no answer within 300ms"));
    }
  }

  @Test
  @DisplayName("Over TLS the certificate must be one that the system trusts")
  void tls() throws Exception {
    var context = new TestCertificates().server("db", Instant.now().plus(Duration.ofDays(90)));
    try (var server = ScriptedServer.tls(context, socket -> ScriptedServer.write(socket, "x"))) {
      assertThat(bench.run(new SendExpect("", "x", true), server.port()))
          .isEqualTo(
              new Failure(
                  Kind.Unfit,
                  "TLS: its certificate is not signed by an authority that is trusted"));
    }
  }

  private static void talksOn(Socket socket) throws java.io.IOException {
    var line = "-still not ready\r\n".repeat(100).getBytes(StandardCharsets.UTF_8);
    while (!socket.isClosed()) {
      socket.getOutputStream().write(line);
    }
  }
}
