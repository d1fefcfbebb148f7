package dev.holdfast.operator.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServersTest {

  private final HttpClient client = HttpClient.newHttpClient();

  @Test
  @DisplayName("health is a status code and nothing else")
  void health() throws Exception {
    var ready = new AtomicBoolean(true);
    try (var server = HealthServer.start(0, ready::get)) {
      assertThat(get(server.port(), "/readyz", "").statusCode()).isEqualTo(200);
      ready.set(false);
      assertThat(get(server.port(), "/readyz", "").statusCode()).isEqualTo(503);
      assertThat(get(server.port(), "/healthz", "").statusCode()).isEqualTo(200);
      assertThat(get(server.port(), "/healthz", "").body()).isEmpty();
      assertThat(get(server.port(), "/healthz/more", "").statusCode()).isEqualTo(404);
      assertThat(get(server.port(), "/metrics", "").statusCode()).isEqualTo(404);
    }
  }

  @Test
  @DisplayName("metrics need the token of the moment")
  void token(@TempDir Path directory) throws Exception {
    var file = Files.writeString(directory.resolve("token"), "first\n");
    try (var server = MetricsServer.start(0, Optional.of(file), () -> "a 1\n")) {
      assertThat(get(server.port(), "/metrics", "").statusCode()).isEqualTo(401);
      assertThat(get(server.port(), "/metrics", "Bearer other").statusCode()).isEqualTo(401);
      assertThat(get(server.port(), "/metrics", "Bearer first").body()).isEqualTo("a 1\n");
      Files.writeString(file, "second");
      assertThat(get(server.port(), "/metrics", "Bearer first").statusCode()).isEqualTo(401);
      assertThat(get(server.port(), "/metrics", "Bearer second").statusCode()).isEqualTo(200);
      Files.writeString(file, "");
      assertThat(get(server.port(), "/metrics", "Bearer ").statusCode()).isEqualTo(401);
      Files.delete(file);
      assertThat(get(server.port(), "/metrics", "Bearer second").statusCode()).isEqualTo(401);
    }
  }

  @Test
  @DisplayName("without a token metrics are for this host")
  void loopback() throws Exception {
    try (var server = MetricsServer.start(0, Optional.empty(), () -> "a 1\n")) {
      assertThat(get(server.port(), "/metrics", "").body()).isEqualTo("a 1\n");
    }
  }

  private HttpResponse<String> get(int port, String path, String authorization)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(port, path)))
            .timeout(Duration.ofSeconds(10));
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }
}
