package dev.holdfast.cli;

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
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FakeHetznerIT {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @Test
  @DisplayName(
      "fake-hetzner prints what a client needs, serves it on loopback, and ends on SIGTERM")
  void sample() throws Exception {
    try (var process = HoldfastProcess.start("fake-hetzner", "--listen", "127.0.0.1:0")) {
      var token = process.awaitOut("^export HCLOUD_TOKEN=(\\w{64})$").group(1);
      var endpoint =
          process.awaitOut("^export HCLOUD_ENDPOINT=(http://127.0.0.1:\\d+/v1)$").group(1);
      var control = process.awaitOut("^control token: (\\w{64})$").group(1);
      process.awaitOut("^project demo: 3 servers, 4 floating IPs$");

      assertThat(get(endpoint + "/floating_ips", token).body()).contains("\"web-a\"");
      assertThat(get(endpoint + "/floating_ips", control).statusCode()).isEqualTo(401);
      assertThat(get(endpoint + "/control/journal", token).statusCode()).isEqualTo(401);
      assertThat(get(endpoint + "/control/journal", control).body())
          .contains("\"path\":\"/floating_ips\"")
          .doesNotContain(token);

      process.signal("TERM");
      assertThat(process.awaitExit()).isZero();
    }
  }

  @Test
  @DisplayName(
      "fake-hetzner begins with the state of a file, and shows only the start of its tokens")
  void stateFile(@TempDir Path dir) throws Exception {
    var file = dir.resolve("state.yaml");
    Files.writeString(
        file,
        """
        settings: {callsPerHour: 7200}
        projects:
          - name: mine
            tokens: [{name: ci, value: abcdefghijklmnopqrstuvwxyz, scope: ReadOnly}]
            servers: [{id: 1, name: s1, location: hel1, ipv4: 192.0.2.1}]
            floatingIps: [{id: 2, name: ip, ip: 198.51.100.2, homeLocation: hel1, server: 1}]
        """);
    try (var process =
        HoldfastProcess.start(
            "fake-hetzner", "--listen", "127.0.0.1:0", "--state", file.toString())) {
      process.awaitOut("token ci \\(ReadOnly\\): abcd\\*\\*\\*$");
      var endpoint = process.awaitOut(" at (http://127.0.0.1:\\d+/v1), ").group(1);

      var answer = get(endpoint + "/servers/1", "abcdefghijklmnopqrstuvwxyz");

      assertThat(answer.body()).contains("\"floating_ips\":[2]");
      assertThat(answer.headers().firstValue("RateLimit-Limit")).contains("7200");
      assertThat(process.out()).noneMatch(line -> line.contains("efghijkl"));
    }
  }

  @Test
  @DisplayName("fake-hetzner says what is wrong with a state file")
  void badFile(@TempDir Path dir) throws Exception {
    var file = dir.resolve("state.yaml");
    Files.writeString(file, "projects: [{name: a, servers: [{id: 1, name: s, location: moon}]}]");
    try (var process =
        HoldfastProcess.start(
            "fake-hetzner", "--listen", "127.0.0.1:0", "--state", file.toString())) {
      process.awaitErr("there is no location 'moon'");
      assertThat(process.awaitExit()).isEqualTo(1);
    }
  }

  private static HttpResponse<String> get(String url, String token)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(url))
            .timeout(Duration.ofSeconds(10))
            .header("Authorization", "Bearer " + token)
            .build();
    return HTTP.send(request, BodyHandlers.ofString());
  }
}
