package dev.holdfast.floatingip.fake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.handler.codec.http.QueryStringDecoder;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ControlTest {
  private static final String CONTROL = "control-token";
  private static final String WRITER = "writer-token";

  private final FakeCloud cloud =
      new FakeCloud(
          Seed.sample(
              new ProjectToken("w", WRITER, ProjectToken.Scope.ReadWrite), FakeSettings.defaults()),
          new FakeClock());
  private final Control control = new Control(cloud, CONTROL);

  @ParameterizedTest(name = "{0}")
  @DisplayName("every fault can be asked for over HTTP, and is told as it was asked for")
  @CsvSource(
      delimiter = ';',
      value = {
        "{\"kind\":\"Answer\",\"status\":503,\"code\":null,\"message\":null}",
        "{\"kind\":\"Delay\",\"millis\":20}",
        "{\"kind\":\"DropBefore\"}",
        "{\"kind\":\"DropAfter\"}",
        "{\"kind\":\"ActionFails\",\"code\":\"c\",\"message\":\"m\"}",
        "{\"kind\":\"ActionNeverEnds\"}",
        "{\"kind\":\"ActionWithoutEffect\"}",
        "{\"kind\":\"StaleRead\",\"millis\":20}",
        "{\"kind\":\"ReorderedPages\"}",
        "{\"kind\":\"TruncatedJson\"}",
        "{\"kind\":\"ForeignMove\",\"server\":42}",
      })
  void faults(String fault) {
    var rule =
        "{\"method\":\"GET\",\"path\":\"/servers\",\"times\":2,\"probability\":1.0,\"fault\":%s}"
            .formatted(fault);

    assertThat(send("POST", "/control/faults", rule, CONTROL).status()).isEqualTo(200);
    assertThat(send("GET", "/control/faults", "", CONTROL).body())
        .hasToString("{\"faults\":[" + rule + "]}");
    send("DELETE", "/control/faults", "", CONTROL);
    assertThat(cloud.faults()).isEmpty();
  }

  @Test
  @DisplayName("servers, IPs, budgets and tokens are changed, and what follows can be asked")
  void changes() {
    assertThat(reachable(1)).isTrue();
    send("PUT", "/control/projects/demo/servers", "{\"id\":41,\"up\":false}", CONTROL);
    assertThat(reachable(1)).isFalse();
    send("PUT", "/control/projects/demo/floating_ips/1", "{\"server\":42}", CONTROL);
    assertThat(cloud.floatingIp("demo", 1).server()).isEqualTo(42);
    send("PUT", "/control/projects/demo/budget", "{\"left\":1}", CONTROL);
    assertThat(api("/locations")).isEqualTo(200);
    assertThat(api("/locations")).isEqualTo(429);
    send("PUT", "/control/projects/demo/budget", "{\"left\":9}", CONTROL);
    send("POST", "/control/tokens/revoke", "{\"token\":\"writer-token\"}", CONTROL);
    assertThat(api("/locations")).isEqualTo(401);
    assertThat(send("GET", "/control/journal", "", CONTROL).body().at("/journal").size())
        .isEqualTo(3);
    send("DELETE", "/control/journal", "", CONTROL);
    assertThat(cloud.journal()).isEmpty();
  }

  @ParameterizedTest(name = "{0} {1} is answered with {3}")
  @DisplayName("what the control interface does not know is refused")
  @CsvSource(
      delimiter = ';',
      value = {
        "GET; /control/nothing; ''; 404",
        "PUT; /control/projects/none/budget; {\"left\":1}; 404",
        "PUT; /control/projects/demo/servers; {\"id\":99}; 404",
        "PUT; /control/projects/demo/servers; {\"odd\":99}; 422",
        "POST; /control/faults; {\"fault\":{\"kind\":\"Odd\"}}; 422",
        "POST; /control/faults; {; 400",
      })
  void refused(String method, String path, String body, int status) {
    assertThat(send(method, path, body, CONTROL).status()).isEqualTo(status);
  }

  @Test
  @DisplayName("only the control token controls")
  void token() {
    assertThat(send("GET", "/control/faults", "", WRITER).status()).isEqualTo(401);
    assertThat(send("GET", "/control/faults", "", null).status()).isEqualTo(401);
  }

  private boolean reachable(int ip) {
    return send("GET", "/control/projects/demo/floating_ips/" + ip, "", CONTROL)
        .body()
        .path("reachable")
        .asBoolean();
  }

  private int api(String path) {
    return cloud.handle(request("GET", path, "", WRITER)).status();
  }

  private ApiReply send(String method, String path, String body, String token) {
    return control.handle(request(method, path, body, token));
  }

  private static ApiRequest request(String method, String path, String body, String token) {
    var url = new QueryStringDecoder(path);
    try {
      var json = new ObjectMapper().readTree(body.isEmpty() ? "{}" : body);
      return new ApiRequest(method, url.path(), url.parameters(), token, json, "http://fake/v1");
    } catch (JsonProcessingException e) {
      return new ApiRequest(method, url.path(), url.parameters(), token, null, "http://fake/v1");
    }
  }
}
