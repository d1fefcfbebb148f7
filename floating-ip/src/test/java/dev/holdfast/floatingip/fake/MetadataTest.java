package dev.holdfast.floatingip.fake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class MetadataTest {
  private static final String PATH = "/hetzner/v1/metadata";
  private static final List<PrivateAddress> PRIVATE =
      List.of(new PrivateAddress(7, "10.0.0.2", List.of("10.0.0.8", "10.0.0.9")));
  private static final List<ServerSeed> SERVERS =
      List.of(
          new ServerSeed(41, "lb-1", "fsn1", "127.0.0.41", "2001:db8:41::/64", Map.of(), PRIVATE),
          new ServerSeed(42, "lb-2", "ash", "127.0.0.42", null, Map.of()));
  private static final ProjectToken TOKEN =
      new ProjectToken("writer", "writer-token", ProjectToken.Scope.ReadWrite);

  private FakeHetzner fake;

  @BeforeEach
  void start() throws IOException {
    var ip = new FloatingIpSeed(1, "web-a", "127.0.0.43", "fsn1", 41L, Map.of(), true);
    var project = new ProjectSeed("demo", List.of(TOKEN), SERVERS, List.of(ip));
    fake =
        new FakeHetzner(
            new FakeCloud(new Seed(List.of(project), FakeSettings.defaults()), new FakeClock()),
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            "control-token");
  }

  @AfterEach
  void stop() {
    fake.close();
  }

  @ParameterizedTest(name = "{0} asks for {1}")
  @DisplayName("a server is told of itself, without a token, by the address it asks from")
  @CsvSource({
    "127.0.0.41, hostname, lb-1",
    "127.0.0.41, instance-id, 41",
    "127.0.0.41, public-ipv4, 127.0.0.41",
    "127.0.0.41, region, eu-central",
    "127.0.0.41, availability-zone, fsn1-dc1",
    "127.0.0.42, hostname, lb-2",
    "127.0.0.42, instance-id, 42",
    "127.0.0.42, region, us-east",
  })
  void items(String source, String item, String expected) throws Exception {
    var answer = get(source, PATH + "/" + item);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(expected);
    assertThat(answer.headers().firstValue("Content-Type")).contains("text/plain; charset=utf-8");
  }

  @Test
  @DisplayName("all of it is YAML, and so are private networks")
  void yaml() throws Exception {
    assertThat(get("127.0.0.41", PATH).body())
        .isEqualTo(
            """
            availability-zone: fsn1-dc1
            hostname: lb-1
            instance-id: 41
            public-ipv4: 127.0.0.41
            region: eu-central
            """);
    assertThat(get("127.0.0.41", PATH + "/private-networks").body())
        .isEqualTo(
            """
            - ip: 10.0.0.2
              alias_ips: [10.0.0.8, 10.0.0.9]
              interface_num: 1
              mac_address: 86:00:07:00:00:29
              network_id: 7
            """);
    assertThat(get("127.0.0.42", PATH + "/private-networks").body()).isEqualTo("[]\n");
  }

  @ParameterizedTest(name = "{0} asks for {1}")
  @DisplayName("an address that is no server's, a floating IP and an odd path find nothing")
  @CsvSource({
    "127.0.0.1, /hetzner/v1/metadata",
    "127.0.0.1, /hetzner/v1/metadata/hostname",
    "127.0.0.43, /hetzner/v1/metadata/hostname",
    "127.0.0.41, /hetzner/v1/metadata/odd",
    "127.0.0.41, /hetzner/v1/metadata/hostname/odd",
  })
  void nothing(String source, String path) throws Exception {
    assertThat(get(source, path).statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @DisplayName("a server asks from any of its addresses")
  @CsvSource({
    "2001:db8:41::1, 41",
    "2001:db8:41:0:ffff::9, 41",
    "10.0.0.2, 41",
    "10.0.0.9, 41",
    "127.0.0.42, 42",
  })
  void addresses(String source, String id) throws Exception {
    assertThat(fake.cloud().metadata(InetAddress.getByName(source), PATH + "/instance-id"))
        .contains(id);
    assertThat(fake.cloud().metadata(InetAddress.getByName("2001:db8:41:1::1"), PATH)).isEmpty();
  }

  @Test
  @DisplayName("the API tells the private networks too, and a blocked IP is not assigned")
  void api() throws Exception {
    var server = call("GET", "/v1/servers/41");
    assertThat(server.body())
        .contains(
            "\"private_net\":[{\"network\":7,\"ip\":\"10.0.0.2\",\"alias_ips\":[\"10.0.0.8\","
                + "\"10.0.0.9\"],\"mac_address\":\"86:00:07:00:00:29\"}]");

    var refused = call("POST", "/v1/floating_ips/1/actions/assign");
    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refused.body()).contains("blocked");
  }

  private HttpResponse<String> get(String source, String path) throws Exception {
    try (var client = HttpClient.newBuilder().localAddress(InetAddress.getByName(source)).build()) {
      return client.send(
          HttpRequest.newBuilder(at(path)).timeout(Duration.ofSeconds(20)).build(),
          BodyHandlers.ofString());
    }
  }

  private HttpResponse<String> call(String method, String path) throws Exception {
    try (var client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(at(path))
              .timeout(Duration.ofSeconds(20))
              .header("Authorization", "Bearer " + TOKEN.value())
              .method(method, HttpRequest.BodyPublishers.ofString("{\"server\":42}"))
              .build(),
          BodyHandlers.ofString());
    }
  }

  private URI at(String path) {
    return fake.endpoint().resolve(path);
  }
}
