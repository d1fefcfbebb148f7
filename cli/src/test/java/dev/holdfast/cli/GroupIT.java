package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.holdfast.floatingip.fake.FakeCloud;
import dev.holdfast.floatingip.fake.FakeHetzner;
import dev.holdfast.floatingip.fake.FakeSettings;
import dev.holdfast.floatingip.fake.FloatingIpSeed;
import dev.holdfast.floatingip.fake.ProjectSeed;
import dev.holdfast.floatingip.fake.ProjectToken;
import dev.holdfast.floatingip.fake.Seed;
import dev.holdfast.floatingip.fake.ServerSeed;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From flipper's file to a floating IP that follows the healthy server. */
class GroupIT {
  private static final Duration DEADLINE = Duration.ofSeconds(60);
  private static final String TOKEN =
      "t0ken-that-nobody-may-see-0123456789abcdefghijklmnopqrstuvwxyz00";
  private static final Map<String, String> LABELS = Map.of("role", "web");

  @TempDir Path dir;
  private final Queue<String> told = new ConcurrentLinkedQueue<>();
  private HttpServer first;
  private HttpServer second;
  private HttpServer chat;
  private FakeHetzner fake;

  @BeforeEach
  void open() throws IOException {
    first = listen("127.0.0.2", 0);
    second = listen("127.0.0.3", first.getAddress().getPort());
    chat = listen("127.0.0.1", 0);
    var project =
        new ProjectSeed(
            "mine",
            List.of(new ProjectToken("ci", TOKEN, ProjectToken.Scope.ReadWrite)),
            List.of(
                new ServerSeed(41, "lb-1", "fsn1", "127.0.0.2", null, LABELS),
                new ServerSeed(42, "lb-2", "fsn1", "127.0.0.3", null, LABELS)),
            List.of(
                new FloatingIpSeed(1, "web-a", "198.51.100.1", "fsn1", null, LABELS),
                new FloatingIpSeed(2, "web-b", "198.51.100.2", "fsn1", 42L, LABELS)));
    fake =
        new FakeHetzner(
            new FakeCloud(
                new Seed(List.of(project), FakeSettings.defaults()), InstantSource.system()),
            new InetSocketAddress("127.0.0.1", 0),
            "control-token");
  }

  @AfterEach
  void close() {
    for (var server : List.of(first, second, chat)) {
      server.stop(0);
    }
    fake.close();
  }

  @Test
  @DisplayName("L15 flipper's file, converted, runs until SIGTERM: IPs follow, people are told")
  void followsTheHealthyServer() throws Exception {
    var manifest = converted();
    try (var process =
        HoldfastProcess.start(
            "run",
            "--admin",
            "127.0.0.1:0",
            "--refs",
            dir.resolve("refs").toString(),
            manifest.toString())) {
      awaitServers(41L, 42L);
      var admin = process.awaitErr("the admin interface listens on (\\S+)").group(1);
      await().atMost(DEADLINE).untilAsserted(() -> assertShown(admin, "web-b +\\S+ +lb-2 +lb-2"));

      second.stop(0);

      awaitServers(41L, 41L);
      await().atMost(DEADLINE).untilAsserted(() -> assertShown(admin, "lb-2 +fsn1 +Unhealthy"));
      await()
          .atMost(DEADLINE)
          .untilAsserted(() ->
              assertThat(String.join("\n", told))
                  .contains("GET /beat/s3cret")
                  .contains("POST /hooks/s3cret")
                  .contains("`lb-2` is unhealthy")
                  .contains("is applied: 1 floating IP moved"));

      process.signal("TERM");
      assertThat(process.awaitExit()).isZero();
      assertThat(process.err()).noneMatch(line -> line.contains("s3cret") || line.contains(TOKEN));
    }
  }

  private static void assertShown(String admin, String line) {
    var status = Execution.of("status", "--address", "http://" + admin);
    assertThat(status.exitCode()).as(status.err()).isZero();
    assertThat(status.out()).containsPattern(line);
  }

  private Path converted() throws IOException {
    var flipper = dir.resolve("flipper.yaml");
    var url = "http://127.0.0.1:" + chat.getAddress().getPort();
    Files.writeString(
        flipper,
        """
        groups:
          - id: web
            display_name: Web
            provider: hetzner
            poll_interval: 2s
            hetzner:
              api_token: %s
              project_id: 1
              servers: {label_selector: role=web}
              floating_ips: {label_selector: role=web}
            checks:
              - {id: up, display_name: Up, type: http, path: /up, port: %d, interval: 300ms, timeout: 5s}
        heartbeat: {enabled: true, url: "%s/beat/s3cret", interval: 1s, timeout: 1s}
        notifications: {enabled: true, targets: [{type: mattermost, url: "%s/hooks/s3cret"}]}
        """
            .formatted(TOKEN, first.getAddress().getPort(), url, url));
    var conversion = Execution.of("convert", "--from", "flipper", flipper.toString());
    assertThat(conversion.exitCode()).as(conversion.err()).isZero();
    assertThat(conversion.out()).doesNotContain(TOKEN, "s3cret");
    secret("web-hetzner/token", TOKEN);
    secret("flipper-heartbeat/url", url + "/beat/s3cret");
    secret("flipper-mattermost/url", url + "/hooks/s3cret");
    // flipper knows one endpoint only
    var local = "    hetzner:\n      endpoint: " + fake.endpoint() + "\n";
    var manifest = dir.resolve("group.yaml");
    Files.writeString(manifest, conversion.out().replace("    hetzner:\n", local));
    return manifest;
  }

  private void secret(String path, String value) throws IOException {
    var file = dir.resolve("refs/secrets").resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, value + "\n");
  }

  private void awaitServers(Long... servers) {
    await()
        .atMost(DEADLINE)
        .untilAsserted(() ->
            assertThat(List.of(1L, 2L))
                .map(ip -> fake.cloud().floatingIp("mine", ip).server())
                .containsExactly(servers));
  }

  private HttpServer listen(String address, int port) throws IOException {
    var server = HttpServer.create(new InetSocketAddress(address, port), 0);
    server.createContext(
        "/",
        exchange -> {
          var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          if (!exchange.getRequestURI().getPath().equals("/up")) {
            told.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + body);
          }
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
    return server;
  }
}
