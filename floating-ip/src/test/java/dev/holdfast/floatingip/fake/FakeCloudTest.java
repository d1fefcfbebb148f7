package dev.holdfast.floatingip.fake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.holdfast.floatingip.fake.FakeSettings.StrictAssign;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FakeCloudTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration DELAY = Duration.ofSeconds(1);

  private final FakeClock clock = new FakeClock();
  private FakeCloud cloud = cloud(FakeSettings.defaults());

  @Test
  @DisplayName("an assignment locks the IP, takes its time, and shows at the IP and both servers")
  void assign() {
    var action = call("POST", "/floating_ips/1/actions/assign", "{\"server\":42}", 201);
    assertThat(action.at("/action/status").asText()).isEqualTo("running");
    assertThat(action.at("/action/command").asText()).isEqualTo("assign_floating_ip");
    assertThat(action.at("/action/resources").toString())
        .isEqualTo("[{\"id\":42,\"type\":\"server\"},{\"id\":1,\"type\":\"floating_ip\"}]");
    assertThat(error("POST", "/floating_ips/1/actions/assign", "{\"server\":43}", 423))
        .isEqualTo("locked");
    assertThat(get("/servers/42").at("/server/locked").asBoolean()).isTrue();
    assertThat(get("/floating_ips/1").at("/floating_ip/server").asLong()).isEqualTo(41);

    clock.advance(DELAY);

    var id = action.at("/action/id").asLong();
    assertThat(get("/actions/" + id).at("/action/status").asText()).isEqualTo("success");
    assertThat(get("/actions/" + id).at("/action/finished").isNull()).isFalse();
    assertThat(get("/floating_ips/1").at("/floating_ip/server").asLong()).isEqualTo(42);
    assertThat(get("/servers/41").at("/server/public_net/floating_ips").toString()).isEqualTo("[]");
    assertThat(get("/servers/42").at("/server/public_net/floating_ips").toString())
        .isEqualTo("[1,2]");
  }

  @Test
  @DisplayName(
      "packets follow an assignment a little later, to a server that is up and owns the IP")
  void reachability() {
    cloud.change("demo", new ServerChange(42, null, null, Set.of(1L)));
    call("POST", "/floating_ips/1/actions/assign", "{\"server\":42}", 201);
    clock.advance(DELAY);
    assertThat(cloud.reachable("demo", 1)).as("still routed to the old server").isTrue();
    clock.advance(Duration.ofMillis(200));
    assertThat(cloud.reachable("demo", 1)).as("the new one does not own it").isFalse();
    cloud.change("demo", new ServerChange(42, null, null, Set.of()));
    assertThat(cloud.reachable("demo", 1)).isTrue();
    cloud.change("demo", new ServerChange(42, "off", false, null));
    assertThat(cloud.reachable("demo", 1)).isFalse();
    assertThat(get("/servers?status=off").at("/servers/0/id").asLong()).isEqualTo(42);
  }

  @ParameterizedTest(name = "{0} {1} {2} is answered with {3} {4}")
  @DisplayName("what cannot be done is refused as the API refuses it")
  @CsvSource(
      delimiter = ';',
      value = {
        "POST; /floating_ips/1/actions/assign; {\"server\":99}; 404; not_found",
        "POST; /floating_ips/99/actions/assign; {\"server\":41}; 404; not_found",
        "POST; /floating_ips/1/actions/assign; {}; 422; invalid_input",
        "POST; /floating_ips/1/actions/assign; {; 400; json_error",
        "GET; /floating_ips?label_selector=a%20b; ; 422; invalid_input",
        "GET; /floating_ips?sort=name; ; 422; invalid_input",
        "GET; /floating_ips?page=0; ; 422; invalid_input",
        "GET; /actions; ; 410; deprecated_api_endpoint",
        "GET; /datacenters; ; 410; deprecated_api_endpoint",
        "GET; /nothing; ; 404; not_found",
        "DELETE; /floating_ips/1; ; 422; must_be_unassigned",
        "PUT; /floating_ips/1; {\"name\":\"web-b\"}; 409; uniqueness_error",
        "PUT; /floating_ips/1; {\"labels\":{\"-\":\"\"}}; 422; invalid_input",
        "POST; /floating_ips; {\"type\":\"ipv5\"}; 422; invalid_input",
        "POST; /floating_ips; {\"type\":\"ipv4\"}; 422; invalid_input",
      })
  void refusals(String method, String path, String body, int status, String code) {
    assertThat(error(method, path, body == null ? "" : body, status)).isEqualTo(code);
  }

  @Test
  @DisplayName("an IP is created, changed, protected, freed and deleted")
  void lifecycle() {
    var created =
        call(
            "POST",
            "/floating_ips",
            "{\"type\":\"ipv6\",\"server\":43,\"name\":\"new\",\"labels\":{\"a\":\"b\"}}",
            201);
    var id = created.at("/floating_ip/id").asLong();
    assertThat(created.at("/floating_ip/home_location/name").asText()).isEqualTo("nbg1");
    clock.advance(DELAY);
    var path = "/floating_ips/" + id;
    call("PUT", path, "{\"labels\":{\"c\":\"d\"},\"description\":\"x\"}", 200);
    assertThat(get(path).at("/floating_ip/labels").toString()).isEqualTo("{\"c\":\"d\"}");
    call("POST", path + "/actions/change_protection", "{\"delete\":true}", 201);
    assertThat(error("DELETE", path, "", 423)).isEqualTo("protected");
    call("POST", path + "/actions/change_protection", "{\"delete\":false}", 201);
    call("POST", path + "/actions/change_dns_ptr", "{\"ip\":\"::1\",\"dns_ptr\":\"a.b\"}", 201);
    assertThat(get(path).at("/floating_ip/dns_ptr/0/dns_ptr").asText()).isEqualTo("a.b");
    call("POST", path + "/actions/unassign", "{}", 201);
    clock.advance(DELAY);
    assertThat(get(path).at("/floating_ip/server").isNull()).isTrue();
    assertThat(get(path + "/actions?status=success").at("/actions").size()).isEqualTo(5);
    call("DELETE", path, "", 204);
    assertThat(error("GET", path, "", 404)).isEqualTo("not_found");
  }

  @Test
  @DisplayName(
      "tokens: none and revoked ones are strangers, read-only ones may read, projects are apart")
  void tokens() {
    assertThat(send("GET", "/locations", "", null).status()).isEqualTo(401);
    assertThat(send("GET", "/locations", "", "reader").status()).isEqualTo(200);
    var refused = send("POST", "/floating_ips/1/actions/assign", "{\"server\":42}", "reader");
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.headers()).containsKeys("RateLimit-Remaining", "X-Correlation-Id");
    assertThat(send("GET", "/floating_ips/1", "", "other").status()).isEqualTo(404);
    cloud.revoke("reader");
    assertThat(send("GET", "/locations", "", "reader").status()).isEqualTo(401);
    assertThat(cloud.journal().toString()).doesNotContain("reader\"");
  }

  @Test
  @DisplayName("calls empty a bucket that fills again; a refused call costs nothing")
  void rateLimit() {
    cloud = cloud(FakeSettings.defaults().withCallsPerHour(3));
    get("/locations");
    get("/locations");
    var last = send("GET", "/locations", "", "writer");
    assertThat(last.headers())
        .containsEntry("RateLimit-Limit", "3")
        .containsEntry("RateLimit-Remaining", "0")
        .containsEntry(
            "RateLimit-Reset",
            String.valueOf(Instant.parse("2026-01-01T01:00:00Z").getEpochSecond()));
    assertThat(error("GET", "/locations", "", 429)).isEqualTo("rate_limit_exceeded");
    assertThat(error("GET", "/locations", "", 429)).isEqualTo("rate_limit_exceeded");
    clock.advance(Duration.ofMinutes(20));
    get("/locations");
  }

  @Test
  @DisplayName("lists have pages with links, and an order that is asked for")
  void pages() {
    var first = send("GET", "/floating_ips?per_page=2&sort=id:desc", "", "writer");
    assertThat(body(first).at("/floating_ips").findValuesAsText("name"))
        .contains("web-d", "web-c")
        .doesNotContain("web-b");
    assertThat(body(first).at("/meta/pagination").toString())
        .isEqualTo(
            "{\"page\":1,\"per_page\":2,\"previous_page\":null,\"next_page\":2,\"last_page\":2,"
                + "\"total_entries\":4}");
    assertThat(first.headers().get("Link"))
        .isEqualTo(
            "<http://fake/v1/floating_ips?page=2&per_page=2&sort=id%3Adesc>; rel=\"next\", "
                + "<http://fake/v1/floating_ips?page=2&per_page=2&sort=id%3Adesc>; rel=\"last\"");
    var last = get("/floating_ips?per_page=2&page=2");
    assertThat(last.at("/meta/pagination/next_page").isNull()).isTrue();
    assertThat(get("/floating_ips?per_page=51").at("/meta/pagination/per_page").asInt())
        .isEqualTo(50);
    cloud = cloud(FakeSettings.defaults().refusingLargePages());
    assertThat(error("GET", "/floating_ips?per_page=51", "", 422)).isEqualTo("invalid_input");
  }

  @Test
  @DisplayName("what the real API leaves open can be had either way")
  void switches() {
    assertThat(get("/servers/41").at("/server/datacenter").isMissingNode()).isTrue();
    call("POST", "/floating_ips/1/actions/assign", "{\"server\":41}", 201);
    cloud =
        cloud(
            FakeSettings.defaults()
                .withLegacyDatacenter()
                .withStrictAssign(StrictAssign.SameServer));
    assertThat(get("/servers/41").at("/server/datacenter/location/name").asText())
        .isEqualTo("fsn1");
    assertThat(error("POST", "/floating_ips/1/actions/assign", "{\"server\":41}", 422))
        .isEqualTo("floating_ip_assigned");
    call("POST", "/floating_ips/1/actions/assign", "{\"server\":42}", 201);
  }

  @Test
  @DisplayName("faults hit as many requests of their kind as they are meant for")
  void faults() {
    cloud.addFault(FaultRule.next(2, "GET", "/floating_ips/*", new Fault.Answer(502, null, null)));
    assertThat(send("GET", "/floating_ips/1", "", "writer").status()).isEqualTo(502);
    get("/floating_ips/1/actions");
    assertThat(send("GET", "/floating_ips/2", "", "writer").body()).isNull();
    get("/floating_ips/1");
    assertThat(cloud.faults()).isEmpty();
  }

  @Test
  @DisplayName("a stale read shows what was; a foreign writer moves an IP under a request")
  void staleAndForeign() {
    clock.advance(DELAY);
    cloud.move("demo", 1, 43L);
    cloud.addFault(FaultRule.next(1, "GET", "/floating_ips", new Fault.StaleRead(500)));
    assertThat(get("/floating_ips").at("/floating_ips/0/server").asLong()).isEqualTo(41);
    assertThat(get("/floating_ips").at("/floating_ips/0/server").asLong()).isEqualTo(43);
    cloud.addFault(FaultRule.next(1, "GET", "/floating_ips/*", new Fault.ForeignMove(42L)));
    assertThat(get("/floating_ips/1").at("/floating_ip/server").asLong()).isEqualTo(42);
  }

  private FakeCloud cloud(FakeSettings settings) {
    var demo =
        Seed.sample(new ProjectToken("w", "writer", ProjectToken.Scope.ReadWrite), settings)
            .projects()
            .getFirst();
    var tokens =
        List.of(
            demo.tokens().getFirst(), new ProjectToken("r", "reader", ProjectToken.Scope.ReadOnly));
    var other =
        new ProjectSeed(
            "other",
            List.of(new ProjectToken("o", "other", ProjectToken.Scope.ReadWrite)),
            List.of(),
            List.of());
    var projects =
        List.of(new ProjectSeed("demo", tokens, demo.servers(), demo.floatingIps()), other);
    return new FakeCloud(new Seed(projects, settings), clock);
  }

  private JsonNode get(String path) {
    return call("GET", path, "", 200);
  }

  private JsonNode call(String method, String path, String body, int status) {
    var reply = send(method, path, body, "writer");
    assertThat(reply.status()).as("%s %s: %s", method, path, reply.body()).isEqualTo(status);
    return body(reply);
  }

  private String error(String method, String path, String body, int status) {
    return call(method, path, body, status).at("/error/code").asText();
  }

  private static JsonNode body(ApiReply reply) {
    return reply.body() == null ? JSON.createObjectNode() : reply.body();
  }

  private ApiReply send(String method, String target, String body, String token) {
    var url = new QueryStringDecoder(target);
    return cloud.handle(
        new ApiRequest(method, url.path(), url.parameters(), token, json(body), "http://fake/v1"));
  }

  private static JsonNode json(String body) {
    try {
      return body.isEmpty() ? JSON.createObjectNode() : JSON.readTree(body);
    } catch (JsonProcessingException e) {
      return null;
    }
  }
}
