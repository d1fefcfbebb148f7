package dev.holdfast.dataplane.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.holdfast.api.dataplane.DataPlaneStatus;
import dev.holdfast.api.dataplane.ResourceStatusList;
import dev.holdfast.api.dataplane.StatusJson;
import dev.holdfast.dataplane.metrics.PrometheusReader;
import dev.holdfast.dataplane.status.Statuses;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdminRoutesTest {
  @TempDir private Path directory;
  private RunningAdmin admin;

  @BeforeEach
  void start() throws Exception {
    admin = new RunningAdmin(directory);
  }

  @AfterEach
  void stop() {
    admin.close();
  }

  private static JsonNode json(HttpResponse<String> response) throws Exception {
    assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
    return new ObjectMapper().readTree(response.body());
  }

  private static void assertError(HttpResponse<String> response, int status, String reason)
      throws Exception {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    var error = json(response).get("error");
    assertThat(error.get("status").intValue()).isEqualTo(status);
    assertThat(error.get("reason").textValue()).isEqualTo(reason);
    assertThat(error.get("message").textValue()).isNotBlank();
  }

  @Test
  @DisplayName("The process is alive, and ready when its configuration is loaded")
  void probes() throws Exception {
    assertThat(admin.get("/healthz").statusCode()).isEqualTo(200);
    assertThat(admin.get("/readyz").statusCode()).isEqualTo(200);

    admin.ready.set(false);
    assertThat(admin.get("/healthz").statusCode()).isEqualTo(200);
    assertError(admin.get("/readyz"), 503, "NotReady");
  }

  @Test
  @DisplayName("The metrics are strict Prometheus text and count the requests")
  void metrics() throws Exception {
    admin.get("/healthz");
    admin.get("/nowhere");
    var response = admin.get("/metrics");

    assertThat(response.headers().firstValue("Content-Type"))
        .contains("text/plain; version=0.0.4; charset=utf-8");
    assertThat(PrometheusReader.read(response.body()))
        .containsEntry(
            new PrometheusReader.Series("holdfast_admin_requests_total", Map.of("status", "2xx")),
            1.0)
        .containsEntry(
            new PrometheusReader.Series("holdfast_admin_requests_total", Map.of("status", "4xx")),
            1.0)
        .containsKey(new PrometheusReader.Series("process_uptime_seconds", Map.of()));
  }

  @Test
  @DisplayName("The status lists all resources, and one can be asked for alone")
  void status() throws Exception {
    admin.board.publish(Statuses.of("shop", "web", 1, 2));
    admin.board.publish(Statuses.of("shop", "db", 4, 5));

    var all =
        StatusJson.mapper().readValue(admin.get("/api/v1/status").body(), ResourceStatusList.class);
    assertThat(all.resources())
        .containsExactly(Statuses.of("shop", "db", 4, 5), Statuses.of("shop", "web", 1, 2));

    var one = admin.get("/api/v1/failoverproxies/shop/db?x=y");
    assertThat(StatusJson.mapper().readValue(one.body(), DataPlaneStatus.class))
        .isEqualTo(Statuses.of("shop", "db", 4, 5));
    var backends = admin.get("/api/v1/failoverproxies/shop/db/backends");
    assertThat(json(backends).at("/backends/0/name").textValue()).isEqualTo("a");
  }

  @Test
  @DisplayName("A group of floating IPs is in the list, and can be asked for alone")
  void group() throws Exception {
    admin.board.publish(Statuses.group("shop", "db"));
    admin.board.publish(Statuses.of("shop", "db", 4, 5));

    assertThat(json(admin.get("/api/v1/status")).at("/resources"))
        .extracting(resource -> resource.get("kind").textValue())
        .containsExactly("FailoverProxy", "FloatingIpGroup");
    assertThat(json(admin.get("/api/v1/floatingipgroups/shop/db")).at("/ips").intValue())
        .isEqualTo(1);
    assertError(admin.get("/api/v1/floatingipgroups/shop/web"), 404, "NotFound");
  }

  @Test
  @DisplayName("A resource that does not run here is not found, nor is any other path")
  void notFound() throws Exception {
    assertError(admin.get("/api/v1/failoverproxies/shop/db"), 404, "NotFound");
    assertError(admin.get("/api/v1/failoverproxies/shop/db/backends"), 404, "NotFound");
    assertError(admin.get("/api/v1/failoverproxies/shop/a%2Fb"), 404, "NotFound");
    assertError(admin.get("/"), 404, "NotFound");
    assertError(admin.get("/api/v1/status/"), 404, "NotFound");
  }

  @Test
  @DisplayName("A wrong method is told which ones are right")
  void methodNotAllowed() throws Exception {
    var post = admin.send("POST", "/api/v1/status", "");
    assertError(post, 405, "MethodNotAllowed");
    assertThat(post.headers().firstValue("Allow")).contains("GET, HEAD");
    var get = admin.get("/api/v1/config");
    assertError(get, 405, "MethodNotAllowed");
    assertThat(get.headers().firstValue("Allow")).contains("PUT");
  }

  @Test
  @DisplayName("HEAD has the headers of GET and no body")
  void head() throws Exception {
    for (var path : new String[] {"/healthz", "/api/v1/status", "/spec/v1/openapi.yaml"}) {
      var get = admin.get(path);
      var head = admin.send("HEAD", path, "");
      assertThat(head.statusCode()).isEqualTo(200);
      assertThat(head.body()).isEmpty();
      assertThat(head.headers().firstValue("Content-Length"))
          .isEqualTo(get.headers().firstValue("Content-Length"));
    }
    var stream = admin.send("HEAD", "/api/v1/status/stream", "");
    assertThat(stream.headers().firstValue("Content-Type")).contains("text/event-stream");
  }

  @Test
  @DisplayName("No answer may be stored or taken for another type, errors included")
  void headers() throws Exception {
    for (var path : new String[] {"/healthz", "/metrics", "/nowhere"}) {
      var headers = admin.get(path).headers();
      assertThat(headers.firstValue("Cache-Control")).contains("no-store");
      assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
    }
  }
}
