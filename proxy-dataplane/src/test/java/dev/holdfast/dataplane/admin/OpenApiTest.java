package dev.holdfast.dataplane.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.holdfast.dataplane.admin.ConfigSink.Running;
import dev.holdfast.dataplane.admin.ConfigSink.Verdict;
import dev.holdfast.dataplane.failover.SwitchAnswer;
import dev.holdfast.dataplane.status.Statuses;
import dev.holdfast.manifest.Problem;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The description says what is there, no more and no less. */
class OpenApiTest {
  private static final String RESOURCE = "/api/v1/failoverproxies/{namespace}/{name}";

  private static final String ADMIN = "Bearer " + RunningAdmin.ADMIN;

  @TempDir private Path directory;
  private RunningAdmin admin;
  private OpenApiDocument document;

  @BeforeEach
  void start() throws Exception {
    admin = new RunningAdmin(directory);
    admin.board.publish(Statuses.of("shop", "db", 4, 5));
    admin.board.publish(Statuses.group("shop", "db"));
    admin.board.publish(Statuses.balancer("shop", "db"));
    admin.balancers = (namespace, name) -> Optional.of(new RecordingControl());
    document = OpenApiDocument.parse(admin.get("/spec/v1/openapi.yaml").body());
  }

  @AfterEach
  void stop() {
    admin.close();
  }

  private void assertDescribed(String method, String path, HttpResponse<String> response)
      throws Exception {
    var type = response.headers().firstValue("Content-Type").orElse("").split(";")[0];
    var content = document.content(method, path, response.statusCode());
    assertThat(content.has(type)).as("%s %s gives %s", method, path, type).isTrue();
    if (type.equals("application/json")) {
      var body = new ObjectMapper().readTree(response.body());
      assertThat(document.violations(content.get(type).get("schema"), body)).isEmpty();
    }
  }

  @Test
  @DisplayName("Every route is described, and every described route is there")
  void routes() {
    var routes =
        AdminServer.routes(admin.content(), List::of, Runnable::run).stream()
            .map(route -> route.method() + " " + route.template())
            .collect(Collectors.toSet());

    assertThat(document.operations()).isEqualTo(routes);
  }

  @Test
  @DisplayName("Every read gives what is described")
  void reads() throws Exception {
    for (var operation : document.operations()) {
      var path = operation.substring(operation.indexOf(' ') + 1);
      if (operation.startsWith("GET") && !path.endsWith("/stream")) {
        var concrete =
            path.replace("{namespace}", "shop").replace("{name}", "db").replace("{file}", "app.js");
        var response = admin.get(concrete);
        assertThat(response.statusCode()).as(path).isIn(200, 308);
        assertDescribed("GET", path, response);
      }
    }
    assertDescribed(
        "GET", "/api/v1/status/stream", admin.send("HEAD", "/api/v1/status/stream", ""));
  }

  @Test
  @DisplayName("Every outcome of a push gives what is described")
  void pushes() throws Exception {
    var running = new Running("FailoverProxy", "shop", "db", 3);
    var problem = new Problem("pushed", 1, "spec", null, "no");
    for (var verdict :
        List.of(
            new Verdict.Applied(List.of(running)),
            new Verdict.Refused(List.of(problem)),
            new Verdict.Outdated(running))) {
      admin.sink = manifest -> verdict;
      assertDescribed("PUT", "/api/v1/config", admin.put("/api/v1/config", "kind: x"));
    }
  }

  @Test
  @DisplayName("Every outcome of a switch gives what is described")
  void switches() throws Exception {
    for (var answer :
        List.of(
            new SwitchAnswer.Admitted(3),
            new SwitchAnswer.HooksRunning(4),
            new SwitchAnswer.Asked(),
            new SwitchAnswer.Refused(SwitchAnswer.Refusal.Unhealthy, "no"),
            new SwitchAnswer.Refused(SwitchAnswer.Refusal.UnknownBackend, "no"))) {
      admin.primaries =
          (namespace, name, request) -> Optional.of(CompletableFuture.completedFuture(answer));
      var path = RESOURCE.replace("{namespace}", "shop").replace("{name}", "db") + "/primary";
      assertDescribed("POST", RESOURCE + "/primary", admin.post(path, "{\"name\": \"b\"}"));
    }
  }

  @Test
  @DisplayName("Every answer about a balancer's groups and keys is as described")
  void balancer() throws Exception {
    var balancer = "/api/v1/stickybalancers/{namespace}/{name}";
    var here = balancer.replace("{namespace}", "shop").replace("{name}", "db");
    for (var body : List.of("{\"state\": \"Draining\"}", "{}", "{\"state\": \"Off\"}")) {
      assertDescribed(
          "PUT", balancer + "/groups/{id}/state", admin.put(here + "/groups/1/state", body));
    }
    assertDescribed(
        "POST",
        balancer + "/groups/{id}/unhealthy",
        admin.post(here + "/groups/1/unhealthy", "{\"for\": \"1m\"}"));
    assertDescribed(
        "POST",
        balancer + "/groups/{id}/unhealthy",
        admin.post(here + "/groups/9/unhealthy", "{}"));
    var gone = admin.send("DELETE", here + "/stick-table/10.0.0.9", "", "Authorization", ADMIN);
    assertThat(gone.statusCode()).isEqualTo(204);
    assertThat(document.content("DELETE", balancer + "/stick-table/{key}", 204)).isNull();
  }

  @Test
  @DisplayName("Errors have the shape that is described")
  void errors() throws Exception {
    admin.ready.set(false);
    assertDescribed("GET", "/readyz", admin.get("/readyz"));
    assertDescribed("GET", RESOURCE, admin.get("/api/v1/failoverproxies/shop/web"));
    assertDescribed("GET", "/healthz", admin.send("GET", "/healthz", "", "Authorization", "x"));
    assertDescribed("PUT", "/api/v1/config", admin.send("PUT", "/api/v1/config", "x"));
  }

  @Test
  @DisplayName("The comparison itself finds what is missing, too much, or of the wrong type")
  void comparison() throws Exception {
    var schema = document.content("GET", "/healthz", 200).get("application/json").get("schema");
    var json = new ObjectMapper();

    assertThat(document.violations(schema, json.readTree("{}"))).hasSize(1);
    assertThat(document.violations(schema, json.readTree("{\"status\":1}"))).hasSize(1);
    assertThat(document.violations(schema, json.readTree("{\"status\":\"\",\"x\":1}"))).hasSize(1);
  }
}
