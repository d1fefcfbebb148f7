package dev.holdfast.dataplane.admin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.holdfast.api.dataplane.DataPlaneStatus;
import dev.holdfast.api.dataplane.StatusJson;
import dev.holdfast.dataplane.admin.http.HttpLimits;
import dev.holdfast.dataplane.metrics.PrometheusReader;
import dev.holdfast.dataplane.status.Statuses;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusStreamTest {
  private static final int STREAMS = 20;

  @TempDir private Path directory;
  private RunningAdmin admin;

  @BeforeEach
  void start() throws Exception {
    admin = new RunningAdmin(directory, StatusStreamTest::lively);
  }

  @AfterEach
  void stop() {
    admin.close();
  }

  private static HttpLimits lively(HttpLimits limits) {
    return new HttpLimits(
        limits.connections(),
        STREAMS,
        limits.headerBytes(),
        limits.requestTimeout(),
        limits.keepAliveTimeout(),
        limits.answerTimeout(),
        limits.writeTimeout(),
        Duration.ofMillis(200));
  }

  /** A subscriber that reads only when it is told to. */
  private final class Subscriber implements AutoCloseable {
    private final Socket socket = new Socket();
    private final BufferedReader lines;

    Subscriber() throws IOException {
      socket.setReceiveBufferSize(4096);
      socket.setSoTimeout(20_000);
      socket.connect(admin.server.address());
      var request = "GET /api/v1/status/stream HTTP/1.0\r\nHost: localhost\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(UTF_8));
      lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8), 1024);
    }

    String line() throws IOException {
      var line = lines.readLine();
      assertThat(line).as("the stream goes on").isNotNull();
      return line;
    }

    /** The head up to the empty line. */
    List<String> head() throws IOException {
      var head = new ArrayList<String>();
      for (var line = line(); !line.isEmpty(); line = line()) {
        head.add(line);
      }
      return head;
    }

    DataPlaneStatus next() throws IOException {
      var line = line();
      while (!line.startsWith("event")) {
        assertThat(line).isIn("", ":");
        line = line();
      }
      assertThat(line).isEqualTo("event: status");
      var data = line();
      assertThat(data).startsWith("data: ");
      return StatusJson.mapper().readValue(data.substring(6), DataPlaneStatus.class);
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  private double openStreams() throws Exception {
    return PrometheusReader.read(admin.get("/metrics").body())
        .get(new PrometheusReader.Series("holdfast_admin_status_streams_open", Map.of()));
  }

  @Test
  @DisplayName("The present statuses come first, then every change in order")
  void inOrder() throws Exception {
    admin.board.publish(Statuses.of("a", "x", 1, 0));
    admin.board.publish(Statuses.of("a", "y", 1, 0));
    try (var subscriber = new Subscriber()) {
      assertThat(subscriber.head())
          .contains("content-type: text/event-stream", "cache-control: no-store");
      assertThat(subscriber.next()).isEqualTo(Statuses.of("a", "x", 1, 0));
      assertThat(subscriber.next()).isEqualTo(Statuses.of("a", "y", 1, 0));
      for (int epoch = 2; epoch < 10; epoch++) {
        admin.board.publish(Statuses.of("a", "x", epoch, 0));
        assertThat(subscriber.next()).isEqualTo(Statuses.of("a", "x", epoch, 0));
      }
    }
  }

  @Test
  @DisplayName("Comment lines show that a quiet stream is alive")
  void heartbeat() throws Exception {
    try (var subscriber = new Subscriber()) {
      subscriber.head();
      assertThat(List.of(subscriber.line(), subscriber.line(), subscriber.line()))
          .containsExactly(":", "", ":");
    }
  }

  @Test
  @DisplayName(
      "Who reads slowly skips states that are over and ends at the newest of each resource")
  void coalesced() throws Exception {
    var changes = 40_000;
    try (var subscriber = new Subscriber()) {
      subscriber.head();
      for (int epoch = 1; epoch <= changes; epoch++) {
        admin.board.publish(Statuses.of("a", "x" + epoch % 2, epoch, 0));
      }
      var newest = new long[2];
      int received = 0;
      while (newest[0] != changes || newest[1] != changes - 1) {
        var status = subscriber.next();
        var resource = status.name().equals("x0") ? 0 : 1;
        assertThat(status.primary().epoch()).isGreaterThan(newest[resource]);
        newest[resource] = status.primary().epoch();
        received++;
      }
      assertThat(received).isLessThan(changes / 2);
    }
  }

  @Test
  @DisplayName("Every subscriber hears of a change; one too many gets 503; who leaves makes room")
  void manySubscribers() throws Exception {
    var subscribers = new ArrayList<Subscriber>();
    try {
      for (int i = 0; i < STREAMS; i++) {
        subscribers.add(new Subscriber());
        assertThat(subscribers.getLast().head().getFirst()).isEqualTo("HTTP/1.1 200 OK");
      }
      try (var tooMany = new Subscriber()) {
        assertThat(tooMany.head().getFirst()).startsWith("HTTP/1.1 503 ");
      }
      admin.board.publish(Statuses.of("a", "x", 1, 0));
      for (var subscriber : subscribers) {
        assertThat(subscriber.next()).isEqualTo(Statuses.of("a", "x", 1, 0));
      }
    } finally {
      for (var subscriber : subscribers) {
        subscriber.close();
      }
    }
    await().until(() -> openStreams() == 0);
  }

  @Test
  @DisplayName("Closing the server ends the streams")
  void serverCloses() throws Exception {
    try (var subscriber = new Subscriber()) {
      subscriber.head();
      admin.server.close();
      var rest = subscriber.lines.lines().toList();
      assertThat(rest).allMatch(line -> line.isEmpty() || line.equals(":"));
    }
  }
}
