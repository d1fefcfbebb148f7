package dev.holdfast.dataplane.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BalancerRoutesTest {
  private static final String HERE = "/api/v1/stickybalancers/shop/db";

  @TempDir private Path directory;
  private final RecordingControl control = new RecordingControl();
  private RunningAdmin admin;

  @BeforeEach
  void start() throws Exception {
    admin = new RunningAdmin(directory);
    admin.balancers =
        (namespace, name) ->
            namespace.equals("shop") && name.equals("db") ? Optional.of(control) : Optional.empty();
  }

  @AfterEach
  void stop() {
    admin.close();
  }

  private static JsonNode json(HttpResponse<String> response) throws Exception {
    return new ObjectMapper().readTree(response.body());
  }

  private HttpResponse<String> as(String token, String method, String path, String body)
      throws Exception {
    return admin.send(method, HERE + path, body, "Authorization", "Bearer " + token);
  }

  @Test
  @DisplayName("A group is given a state, or the one of the configuration again")
  void state() throws Exception {
    var response = admin.put(HERE + "/groups/1/state", "{\"state\": \"Draining\"}");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(json(response).get("name").textValue()).isEqualTo("blue");
    admin.put(HERE + "/groups/1/state", "{\"state\": null}");
    assertThat(control.asked).containsExactly("change 1 Draining", "change 1 null");
  }

  @Test
  @DisplayName("S16 A server says that it is unwell, for how long and why")
  void unhealthy() throws Exception {
    admin.post(HERE + "/groups/1/unhealthy", "{}");
    admin.post(
        HERE + "/groups/1/unhealthy",
        "{\"for\": \"1m\", \"state\": \"Disabled\", \"reason\": \"disk full\"}");
    admin.post(HERE + "/groups/1/unhealthy", "{\"for\": \"0s\"}");
    assertThat(control.asked)
        .containsExactly(
            "report 1 Draining PT30S a server reported it",
            "report 1 Disabled PT1M disk full",
            "report 1 Draining PT0S a server reported it");
  }

  @ParameterizedTest
  @CsvSource({
    "PUT, /groups/1/state, {\"state\": null}",
    "POST, /groups/1/unhealthy, {}",
    "DELETE, /stick-table/10.0.0.9, ''"
  })
  @DisplayName("What other replicas do not agree to in time is answered 503, with what to do")
  void cutOff(String method, String path, String body) throws Exception {
    control.cutOff = true;
    var response = as(RunningAdmin.ADMIN, method, path, body);
    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(json(response).toString()).contains("Unavailable", "ask another one");
  }

  @ParameterizedTest
  @CsvSource({
    RunningAdmin.READ + ", 403, 403, 403",
    RunningAdmin.REPORTER + ", 403, 200, 403",
    RunningAdmin.ADMIN + ", 200, 200, 204",
    "nobody-0123456789abcdef, 401, 401, 401"
  })
  @DisplayName(
      "S25 A write needs scope admin; to report oneself unwell, report-unhealthy is enough")
  void scopes(String token, int state, int unhealthy, int remove) throws Exception {
    assertThat(as(token, "PUT", "/groups/1/state", "{\"state\": null}").statusCode())
        .isEqualTo(state);
    assertThat(as(token, "POST", "/groups/1/unhealthy", "{}").statusCode()).isEqualTo(unhealthy);
    assertThat(as(token, "DELETE", "/stick-table/10.0.0.9", "").statusCode()).isEqualTo(remove);
  }

  @Test
  @DisplayName("Without a credential nothing is written, on loopback either")
  void anonymous() throws Exception {
    assertThat(admin.send("PUT", HERE + "/groups/1/state", "{\"state\": null}").statusCode())
        .isEqualTo(401);
    assertThat(admin.send("POST", HERE + "/groups/1/unhealthy", "{}").statusCode()).isEqualTo(401);
    assertThat(admin.send("DELETE", HERE + "/stick-table/10.0.0.9", "").statusCode())
        .isEqualTo(401);
    assertThat(control.asked).isEmpty();
  }

  @Test
  @DisplayName("S25 The table is given part by part, by group, or one key of it")
  void table() throws Exception {
    assertThat(json(admin.get(HERE + "/stick-table")).get("next").intValue()).isEqualTo(100);
    admin.get(HERE + "/stick-table?group=2&limit=7&after=40");
    var one = json(admin.get(HERE + "/stick-table?key=10.0.0.9")).get("entries");
    assertThat(one.get(0).get("group").intValue()).isEqualTo(1);
    assertThat(json(admin.get(HERE + "/stick-table?key=10.0.0.8")).get("entries")).isEmpty();
    assertThat(control.asked)
        .containsExactly(
            "entries null 0 100", "entries 2 40 7", "entry 10.0.0.9", "entry 10.0.0.8");
  }

  @Test
  @DisplayName("A key is forgotten, also one with first bytes; one that is not known gives 404")
  void remove() throws Exception {
    assertThat(as(RunningAdmin.ADMIN, "DELETE", "/stick-table/10.0.0.9", "").statusCode())
        .isEqualTo(204);
    assertThat(as(RunningAdmin.ADMIN, "DELETE", "/stick-table/2001:db8::1%2Fcafe", "").statusCode())
        .isEqualTo(404);
    assertThat(control.asked)
        .containsExactly("remove 10.0.0.9", "remove 2001:db8:0:0:0:0:0:1/cafe");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/stick-table?limit=0",
        "/stick-table?limit=1001",
        "/stick-table?after=x",
        "/stick-table?group=blue",
        "/stick-table?key=example.com",
        "/stick-table?key=10.0.0.1%2Fxyz",
        "/stick-table?sort=key",
        "/stick-table?limit=1&limit=2"
      })
  @DisplayName("A question that cannot be read gets 400")
  void badQuestions(String path) throws Exception {
    assertThat(admin.get(HERE + path).statusCode()).isEqualTo(400);
    assertThat(control.asked).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{",
        "{\"state\": \"Active\"}",
        "{\"state\": \"Off\"}",
        "{\"for\": \"25h\"}",
        "{\"for\": \"soon\"}",
        "{\"why\": \"x\"}"
      })
  @DisplayName("A report that cannot be read gets 400")
  void badReports(String body) throws Exception {
    assertThat(admin.post(HERE + "/groups/1/unhealthy", body).statusCode()).isEqualTo(400);
    assertThat(control.asked).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{}", "{\"state\": \"off\"}", "{\"state\": 1}", "{\"state\": null, \"x\": 1}"})
  @DisplayName("A state that cannot be read gets 400")
  void badStates(String body) throws Exception {
    assertThat(admin.put(HERE + "/groups/1/state", body).statusCode()).isEqualTo(400);
    assertThat(control.asked).isEmpty();
  }

  @Test
  @DisplayName("What does not run here, or is no group, gets 404; a form gets 415")
  void unknown() throws Exception {
    assertThat(admin.put(HERE + "/groups/9/state", "{\"state\": null}").statusCode())
        .isEqualTo(404);
    assertThat(admin.put(HERE + "/groups/blue/state", "{\"state\": null}").statusCode())
        .isEqualTo(400);
    assertThat(admin.get("/api/v1/stickybalancers/shop/web/stick-table").statusCode())
        .isEqualTo(404);
    assertThat(admin.post("/api/v1/stickybalancers/shop/web/groups/1/unhealthy", "{}").statusCode())
        .isEqualTo(404);
    var form = "application/x-www-form-urlencoded";
    assertThat(admin.post(HERE + "/groups/1/unhealthy", "{}", "Content-Type", form).statusCode())
        .isEqualTo(415);
  }
}
