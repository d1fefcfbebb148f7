package dev.holdfast.dataplane.admin;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.holdfast.dataplane.admin.http.HttpLimits;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What no well-behaved client sends. */
class RawRequestsTest {
  private static final String HOST = "Host: localhost\r\n";

  @TempDir private Path directory;
  private RunningAdmin admin;

  @BeforeEach
  void start() throws Exception {
    admin = new RunningAdmin(directory, limits -> limits(limits, limits.requestTimeout()));
  }

  private void restartWithDeadline(Duration deadline) throws IOException {
    admin.close();
    admin = new RunningAdmin(directory, limits -> limits(limits, deadline));
  }

  @AfterEach
  void stop() {
    admin.close();
  }

  private static HttpLimits limits(HttpLimits limits, Duration deadline) {
    return new HttpLimits(
        8,
        limits.streams(),
        limits.headerBytes(),
        deadline,
        deadline,
        limits.answerTimeout(),
        limits.writeTimeout(),
        limits.heartbeat());
  }

  private Socket connect() throws IOException {
    var socket = new Socket("127.0.0.1", admin.server.address().getPort());
    socket.setSoTimeout(20_000);
    return socket;
  }

  /** Sends all, then reads until the server closes. */
  private String ask(String request) throws IOException {
    try (var socket = connect()) {
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }
  }

  private String get(String path, String headers) throws IOException {
    return ask("GET " + path + " HTTP/1.1\r\n" + headers + "Connection: close\r\n\r\n");
  }

  @ParameterizedTest
  @DisplayName("Garbage gets 400 and the connection is closed")
  @ValueSource(
      strings = {
        "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\r\n\r\n",
        "GET\r\n\r\n",
        "GET / HTTP/9.9.9\r\n\r\n",
        "GET / HTTP/1.1\r\nbad header\u0000: x\r\n\r\n",
        "POST / HTTP/1.1\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
        "POST / HTTP/1.1\r\nContent-Length: -5\r\n\r\n"
      })
  void garbage(String bytes) throws IOException {
    assertThat(ask(bytes)).startsWith("HTTP/1.1 400 ").contains("\"BadRequest\"");
  }

  @Test
  @DisplayName("No random bytes keep the server from answering the next one")
  void randomBytes() throws Exception {
    var random = new Random(42);
    for (int i = 0; i < 50; i++) {
      var bytes = new byte[random.nextInt(1, 2000)];
      random.nextBytes(bytes);
      try (var socket = connect()) {
        socket.getOutputStream().write(bytes);
      }
    }
    await().ignoreExceptions().until(() -> admin.get("/healthz").statusCode() == 200);
  }

  @Test
  @DisplayName("Header lines beyond the limit get 431, a request line beyond it 414")
  void tooLong() throws IOException {
    assertThat(get("/healthz", HOST + "X: " + "x".repeat(20_000) + "\r\n"))
        .startsWith("HTTP/1.1 431 ");
    assertThat(get("/" + "x".repeat(5_000), HOST)).startsWith("HTTP/1.1 414 ");
  }

  @Test
  @DisplayName("A chunked body beyond the limit gets 413, and so does a body where none belongs")
  void tooLarge() throws IOException {
    var chunk = "10000\r\n" + "x".repeat(0x10000) + "\r\n";
    var head =
        "PUT /api/v1/config HTTP/1.1\r\n%sAuthorization: Bearer %s\r\nTransfer-Encoding: chunked\r\n\r\n"
            .formatted(HOST, RunningAdmin.ADMIN);
    assertThat(ask(head + chunk.repeat(17) + "0\r\n\r\n")).startsWith("HTTP/1.1 413 ");
    assertThat(ask("GET /healthz HTTP/1.1\r\n" + HOST + "Content-Length: 3\r\n\r\nabc"))
        .startsWith("HTTP/1.1 413 ");
  }

  @Test
  @DisplayName("Who may not write is told so before the body is sent")
  void refusedEarly() throws IOException {
    var head =
        "PUT /api/v1/config HTTP/1.1\r\n"
            + HOST
            + "Content-Length: 100\r\nExpect: 100-continue\r\n";
    assertThat(ask(head + "\r\n")).startsWith("HTTP/1.1 401 ").contains("WWW-Authenticate: Bearer");
  }

  @Test
  @DisplayName("Who may write is asked to go on")
  void expectContinue() throws IOException {
    var request =
        "PUT /api/v1/config HTTP/1.1\r\n%sAuthorization: Bearer %s\r\nExpect: 100-continue\r\nConnection: close\r\nContent-Length: 4\r\n\r\n"
            .formatted(HOST, RunningAdmin.ADMIN);
    try (var socket = connect()) {
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      var go = "HTTP/1.1 100 Continue\r\n\r\n";
      assertThat(new String(socket.getInputStream().readNBytes(go.length()), ISO_8859_1))
          .isEqualTo(go);
      socket.getOutputStream().write("a: b".getBytes(ISO_8859_1));
      assertThat(new String(socket.getInputStream().readAllBytes(), ISO_8859_1))
          .startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  @DisplayName("A header that dribbles in is cut at the deadline, a body too")
  void slowLoris() throws IOException {
    restartWithDeadline(Duration.ofSeconds(2));
    assertThat(ask("GET /healthz HTTP/1.1\r\nHost: loc")).isEmpty();
    var head =
        "PUT /api/v1/config HTTP/1.1\r\n%sAuthorization: Bearer %s\r\nContent-Length: 9\r\n\r\nabc"
            .formatted(HOST, RunningAdmin.ADMIN);
    assertThat(ask(head)).startsWith("HTTP/1.1 408 ");
  }

  @Test
  @DisplayName("A connection that asks nothing more is closed in the end")
  void idle() throws IOException {
    restartWithDeadline(Duration.ofSeconds(2));
    assertThat(ask("GET /healthz HTTP/1.1\r\n" + HOST + "\r\n")).startsWith("HTTP/1.1 200 ");
  }

  @Test
  @DisplayName("Requests sent at once are answered in order, the refused ones too")
  void pipelined() throws IOException {
    var first = "GET /readyz HTTP/1.1\r\n" + HOST + "\r\n";
    var second = "GET /nowhere HTTP/1.1\r\n" + HOST + "\r\n";
    var last = "GET /healthz HTTP/1.1\r\n" + HOST + "Connection: close\r\n\r\n";
    var answers = ask((first + second).repeat(20) + last);

    assertThat(answers.split("HTTP/1.1 ", -1)).hasSize(42);
    assertThat(answers).startsWith("HTTP/1.1 200 ").endsWith("{\"status\":\"ok\"}");
    assertThat(answers.indexOf("404")).isBetween(1, answers.lastIndexOf("ready"));
  }

  @Test
  @DisplayName("A Host that is not this machine, or an Origin that is another site, gets 403")
  void foreign() throws IOException {
    assertThat(get("/api/v1/status", "Host: evil.example\r\n")).startsWith("HTTP/1.1 403 ");
    assertThat(get("/api/v1/status", "")).startsWith("HTTP/1.1 403 ");
    assertThat(get("/api/v1/status", HOST + "Origin: http://evil.example\r\n"))
        .startsWith("HTTP/1.1 403 ");
    assertThat(get("/api/v1/status", HOST + "Origin: http://localhost\r\n"))
        .startsWith("HTTP/1.1 200 ");
  }

  @Test
  @DisplayName("An Authorization of another form is not ignored, even where none is needed")
  void authorization() throws IOException {
    assertThat(get("/healthz", HOST + "Authorization: Basic abc\r\n")).startsWith("HTTP/1.1 401 ");
    assertThat(get("/healthz", HOST + "Authorization: Bearer wrong\r\n"))
        .startsWith("HTTP/1.1 401 ");
    assertThat(get("/healthz", HOST + "Authorization: bearer " + RunningAdmin.READ + "\r\n"))
        .startsWith("HTTP/1.1 200 ");
  }

  @Test
  @DisplayName("An HTTP/1.0 client is answered and the connection closed")
  void http10() throws IOException {
    assertThat(ask("GET /healthz HTTP/1.0\r\n" + HOST + "\r\n"))
        .startsWith("HTTP/1.1 200 ")
        .containsIgnoringCase("connection: close");
  }

  @Test
  @DisplayName(
      "Beyond the limit connections are closed at once, and there is room again afterwards")
  void tooManyConnections() throws Exception {
    var open = new ArrayList<Socket>();
    for (int i = 0; i < 8; i++) {
      open.add(connect());
    }
    try (var oneMore = connect()) {
      // At once: the deadline for a request is longer than this.
      oneMore.setSoTimeout(5_000);
      assertThat(oneMore.getInputStream().read()).isEqualTo(-1);
    }
    for (var socket : open) {
      socket.close();
    }
    await().ignoreExceptions().until(() -> admin.get("/healthz").statusCode() == 200);
  }
}
