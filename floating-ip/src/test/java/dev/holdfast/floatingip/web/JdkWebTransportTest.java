package dev.holdfast.floatingip.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.holdfast.floatingip.web.WebTransport.NoAnswer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class JdkWebTransportTest {
  private static final Duration LONG = Duration.ofSeconds(10);

  private final InetSocketAddress loopback =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  private final BlockingQueue<String> requests = new LinkedBlockingQueue<>();

  /** Kept: the garbage collector closes a socket that nobody holds. */
  private final Queue<Socket> callers = new ConcurrentLinkedQueue<>();

  private final JdkWebTransport transport = new JdkWebTransport();
  private HttpServer server;
  private volatile int status = 200;

  @BeforeEach
  void listen() throws IOException {
    server = HttpServer.create(loopback, 0);
    server.createContext(
        "/",
        exchange -> {
          var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          var type = exchange.getRequestHeaders().getFirst("Content-Type");
          requests.add(
              "%s %s %s %s"
                  .formatted(exchange.getRequestMethod(), exchange.getRequestURI(), type, body));
          exchange.getResponseHeaders().add("Location", "/elsewhere");
          exchange.sendResponseHeaders(status, 2);
          exchange.getResponseBody().write("ok".getBytes(StandardCharsets.UTF_8));
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void close() throws IOException {
    transport.close();
    server.stop(0);
    for (var caller : callers) {
      caller.close();
    }
  }

  @Test
  @DisplayName("A body is sent as a POST of JSON, none as a GET")
  void methods() throws Exception {
    assertThat(transport.send(WebCall.post(url(port()), "{\"text\":\"ä\"}", LONG))).isEqualTo(200);
    assertThat(transport.send(WebCall.get(url(port()), LONG))).isEqualTo(200);

    assertThat(requests.poll(10, TimeUnit.SECONDS))
        .isEqualTo("POST /s3cret application/json; charset=utf-8 {\"text\":\"ä\"}");
    assertThat(requests.poll(10, TimeUnit.SECONDS)).isEqualTo("GET /s3cret null ");
  }

  @ParameterizedTest
  @ValueSource(ints = {201, 302, 404, 500})
  @DisplayName("Every status is an answer, and no redirect is followed")
  void statuses(int status) throws Exception {
    this.status = status;

    assertThat(transport.send(WebCall.get(url(port()), LONG))).isEqualTo(status);
    assertThat(requests).hasSize(1);
  }

  @Test
  @DisplayName("A server that hangs costs as long as the call allows, and the error hides the URL")
  void hangs() throws IOException {
    try (var silent = new ServerSocket(0, 1, loopback.getAddress())) {
      var call = WebCall.get(url(silent.getLocalPort()), Duration.ofMillis(200));

      assertThatThrownBy(() -> transport.send(call))
          .isInstanceOf(NoAnswer.class)
          .hasMessage("no answer within 200ms")
          .hasNoCause();
    }
  }

  @Test
  @DisplayName("A body that never ends counts as no answer")
  void endlessBody() throws IOException {
    try (var slow = answering("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n")) {
      var call = WebCall.get(url(slow.getLocalPort()), Duration.ofMillis(300));

      assertThatThrownBy(() -> transport.send(call)).hasMessage("no answer within 300ms");
    }
  }

  @Test
  @DisplayName("Somebody who speaks no TLS where it is expected gets no request")
  void noTls() throws IOException {
    try (var plain = answering("HTTP/1.1 400 Bad Request\r\n\r\n")) {
      var url = SecretUrl.of("https://127.0.0.1:%d/s3cret".formatted(plain.getLocalPort()));

      assertThatThrownBy(() -> transport.send(WebCall.get(url, LONG)))
          .isInstanceOf(NoAnswer.class)
          .hasNoCause()
          .message()
          .doesNotContain("s3cret");
    }
  }

  // no name has a part of 64 letters, so that no name server is asked
  @Test
  @DisplayName("Nobody who listens and a name without an address are told apart")
  void noAnswer() throws IOException {
    int free;
    try (var socket = new ServerSocket(0, 1, loopback.getAddress())) {
      free = socket.getLocalPort();
    }
    assertThatThrownBy(() -> transport.send(WebCall.get(url(free), LONG)))
        .isInstanceOf(NoAnswer.class)
        .hasMessage("no connection");
    assertThatThrownBy(() ->
            transport.send(
                WebCall.get(SecretUrl.of("http://" + "a".repeat(64) + ".example/s3cret"), LONG)))
        .hasMessage("the host's name has no address")
        .hasNoCause();
  }

  /** Says this to the first who connects, and no more. */
  private ServerSocket answering(String text) throws IOException {
    var server = new ServerSocket(0, 1, loopback.getAddress());
    Thread.ofVirtual()
        .start(() -> {
          try {
            var caller = server.accept();
            callers.add(caller);
            caller.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
          } catch (IOException e) {
            requests.add(e.toString());
          }
        });
    return server;
  }

  private int port() {
    return server.getAddress().getPort();
  }

  private static SecretUrl url(int port) {
    return SecretUrl.of("http://127.0.0.1:%d/s3cret".formatted(port));
  }
}
