package dev.holdfast.dataplane.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.holdfast.dataplane.admin.http.Request;
import dev.holdfast.dataplane.admin.http.Response;
import dev.holdfast.dataplane.failover.FailoverEvent.SwitchRequested;
import dev.holdfast.dataplane.failover.SwitchAnswer;
import dev.holdfast.dataplane.failover.SwitchAnswer.Refusal;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrimaryRouteTest {
  private static final String PATH = "/api/v1/failoverproxies/shop/db/primary";

  @TempDir private Path directory;
  private final AtomicReference<SwitchRequested> seen = new AtomicReference<>();
  private RunningAdmin admin;

  @BeforeEach
  void start() throws Exception {
    admin = new RunningAdmin(directory);
    answering(new SwitchAnswer.Admitted(3));
  }

  @AfterEach
  void stop() {
    admin.close();
  }

  private void answering(SwitchAnswer answer) {
    admin.primaries =
        (namespace, name, request) -> {
          seen.set(request);
          return namespace.equals("shop") && name.equals("db")
              ? Optional.of(CompletableFuture.completedFuture(answer))
              : Optional.empty();
        };
  }

  private static JsonNode json(String body) throws Exception {
    return new ObjectMapper().readTree(body);
  }

  private static String reason(HttpResponse<String> response) throws Exception {
    return json(response.body()).at("/error/reason").textValue();
  }

  @Test
  @DisplayName("The wish is handed on, and a switch that is done gets 200 with its epoch")
  void done() throws Exception {
    var response = admin.post(PATH, "{\"name\": \"b\", \"force\": true}");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(json(response.body()).get("outcome").textValue()).isEqualTo("Admitted");
    assertThat(json(response.body()).get("epoch").intValue()).isEqualTo(3);
    assertThat(seen).hasValue(new SwitchRequested("b", true));

    admin.post(PATH, "{\"name\": \"b\"}", "Content-Type", "application/json");
    assertThat(seen).hasValue(new SwitchRequested("b", false));
  }

  @Test
  @DisplayName("While hooks run the answer is 202 with the epoch")
  void hooks() throws Exception {
    answering(new SwitchAnswer.HooksRunning(4));
    var response = admin.post(PATH, "{\"name\": \"b\"}");
    assertThat(response.statusCode()).isEqualTo(202);
    assertThat(json(response.body()).get("outcome").textValue()).isEqualTo("HooksRunning");
    assertThat(json(response.body()).get("epoch").intValue()).isEqualTo(4);
  }

  @ParameterizedTest
  @CsvSource({
    "UnknownBackend, 404",
    "Unhealthy, 409",
    "NotActive, 409",
    "Unreachable, 409",
    "ChangeUnderWay, 409",
    "Overtaken, 409"
  })
  @DisplayName("A refusal has its own reason, and says why")
  void refused(Refusal refusal, int status) throws Exception {
    answering(new SwitchAnswer.Refused(refusal, "it is so"));
    var response = admin.post(PATH, "{\"name\": \"b\"}");
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(reason(response)).isEqualTo(refusal.name());
    assertThat(response.body()).contains("not switched to b: it is so");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "[]",
        "null",
        "{}",
        "{\"name\": \" \"}",
        "{\"name\": \"b\", \"when\": 1}",
        "{\"name\": \"b\", \"force\": \"maybe\"}",
        "{\"name\": \"b\"} {}"
      })
  @DisplayName("A body that is no wish gets 400 with an example, and nothing is asked")
  void badBody(String body) throws Exception {
    var response = admin.post(PATH, body);
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains("pg-1");
    assertThat(seen).hasValue(null);
  }

  @Test
  @DisplayName("Another media type, a large body and an unknown resource are refused")
  void otherwiseWrong() throws Exception {
    var wish = "{\"name\": \"b\"}";
    assertThat(admin.post(PATH, wish, "Content-Type", "text/plain").statusCode()).isEqualTo(415);
    assertThat(admin.post(PATH, " ".repeat(5000) + wish).statusCode()).isEqualTo(413);
    var elsewhere = admin.post("/api/v1/failoverproxies/shop/web/primary", wish);
    assertThat(elsewhere.statusCode()).isEqualTo(404);
    assertThat(reason(elsewhere)).isEqualTo("NotFound");
  }

  @Test
  @DisplayName("Nobody switches without the scope admin, not even on loopback")
  void scope() throws Exception {
    assertThat(admin.send("POST", PATH, "{\"name\": \"b\"}").statusCode()).isEqualTo(401);
    var reader =
        admin.send(
            "POST", PATH, "{\"name\": \"b\"}", "Authorization", "Bearer " + RunningAdmin.READ);
    assertThat(reader.statusCode()).isEqualTo(403);
    assertThat(seen).hasValue(null);
  }

  @Test
  @DisplayName("A target that takes too long to answer gets 202: it is still being asked")
  void slow() throws Exception {
    var never = new CompletableFuture<SwitchAnswer>();
    var route = new PrimaryRoute((n, r, w) -> Optional.of(never), Duration.ofMillis(10)).route();
    var body = ByteBuffer.wrap("{\"name\": \"b\"}".getBytes(StandardCharsets.UTF_8));
    var request = new Request(Map.of("namespace", "shop", "name", "db"), Map.of(), null, body);
    var response = route.handler().handle(request).toCompletableFuture().get(10, TimeUnit.SECONDS);
    assertThat(response)
        .isInstanceOfSatisfying(
            Response.Whole.class,
            whole -> {
              assertThat(whole.status()).isEqualTo(202);
              assertThat(whole.body()).contains("\"outcome\":\"Asked\"").doesNotContain("epoch");
            });
  }
}
