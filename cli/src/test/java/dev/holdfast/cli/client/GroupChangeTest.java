package dev.holdfast.cli.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.holdfast.cli.console.CommandFailed;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class GroupChangeTest {
  private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
  private HttpServer server;
  private AdminClient client;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/api/v1/status", exchange -> answer(exchange, 200, STATUS));
    server.createContext("/api/v1/stickybalancers", this::change);
    server.start();
    client =
        new AdminClient(
            URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
            "token",
            HttpClient.newBuilder());
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  @DisplayName(
      "S9 A group is named by its name or its number, and its state is wished by its number")
  void change() throws Exception {
    assertThat(new GroupChange(client, "blue", "Draining").run(null))
        .isEqualTo("blue of default/game is Draining (Runtime): 812 keys, 1 open connection");
    assertThat(new GroupChange(client, "2", "Active").run("game"))
        .isEqualTo("green of default/game is Disabled (Check/up): 0 keys, 0 open connections");
    assertThat(asked)
        .containsExactly(
            "PUT /api/v1/stickybalancers/default/game/groups/1/state {\"state\":\"Draining\"}",
            "PUT /api/v1/stickybalancers/default/game/groups/2/state {\"state\":\"Active\"}");
  }

  @Test
  @DisplayName("A group that is not there is told with those that are")
  void unknown() {
    assertThatThrownBy(() -> new GroupChange(client, "red", "Draining").run(null))
        .isInstanceOf(CommandFailed.class)
        .hasMessage("expected a group of default/game, blue or green, found 'red'");
    assertThatThrownBy(() -> new GroupChange(client, "blue", "Draining").run("shop/x"))
        .hasMessage("expected one of [default/game], found no StickyBalancer shop/x");
    assertThat(asked).isEmpty();
  }

  @Test
  @DisplayName("A refusal is told with its reason")
  void refused() {
    server.removeContext("/api/v1/stickybalancers");
    server.createContext(
        "/api/v1/stickybalancers",
        exchange ->
            answer(
                exchange, 403, "{\"error\":{\"reason\":\"Forbidden\",\"message\":\"read only\"}}"));
    assertThatThrownBy(() -> new GroupChange(client, "blue", "Draining").run(null))
        .isInstanceOf(CommandFailed.class)
        .hasMessageContaining("answered 403: Forbidden, read only; --token-file");
  }

  private void change(HttpExchange exchange) throws IOException {
    asked.add(
        "%s %s %s"
            .formatted(
                exchange.getRequestMethod(),
                exchange.getRequestURI(),
                new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
    answer(exchange, 200, "{}");
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    try (exchange) {
      var bytes = body.getBytes(UTF_8);
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private static final String STATUS =
      """
      {"resources": [{
        "kind": "StickyBalancer", "namespace": "default", "name": "game", "instance": "here",
        "generation": 0, "listeners": [], "connections": {"open": 1},
        "entries": {"count": 812, "max": 1000},
        "groups": [
          {"id": 1, "name": "blue", "wanted": "Draining", "effective": "Draining",
           "cause": "Runtime", "since": "2026-01-02T03:04:05Z", "keys": 812, "connections": 1,
           "checks": []},
          {"id": 2, "name": "green", "wanted": "Active", "effective": "Disabled",
           "cause": "Check/up", "since": "2026-01-02T03:04:05Z", "keys": 0, "connections": 0,
           "checks": []}]
      }]}
      """;
}
