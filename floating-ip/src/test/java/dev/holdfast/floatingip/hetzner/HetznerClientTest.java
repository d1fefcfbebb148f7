package dev.holdfast.floatingip.hetzner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.holdfast.floatingip.hetzner.model.ApiFailure;
import dev.holdfast.floatingip.hetzner.model.FloatingIp;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class HetznerClientTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final String LOCATION =
      "{\"id\":1,\"name\":\"fsn1\",\"network_zone\":\"eu-central\"}";

  private final VirtualPacer pacer = new VirtualPacer();
  private final Deque<HttpTransport> answers = new ArrayDeque<>();
  private final List<HttpCall> calls = new ArrayList<>();
  private final HetznerClient client =
      new HetznerClient(
          ApiSettings.of(URI.create("http://127.0.0.1:1/v1"), new ApiToken("secret")),
          call -> {
            calls.add(call);
            return answers.remove().send(call);
          },
          pacer,
          new Random(1));

  @Test
  @DisplayName("L17 all pages are read, and an IP that is on two of them is one IP")
  void pages() throws Exception {
    answer(200, page(ip(1) + "," + ip(2), "2"));
    answer(200, page(ip(2) + "," + ip(3), "null"));

    var ips = client.floatingIps("environment in (a,b)", TIMEOUT);

    assertThat(ips).extracting(FloatingIp::id).containsExactly(1L, 2L, 3L);
    assertThat(calls)
        .extracting(call -> call.uri().toString())
        .containsExactly(
            "http://127.0.0.1:1/v1/floating_ips?page=1&per_page=50"
                + "&label_selector=environment+in+%28a%2Cb%29",
            "http://127.0.0.1:1/v1/floating_ips?page=2&per_page=50"
                + "&label_selector=environment+in+%28a%2Cb%29");
  }

  @Test
  @DisplayName("L16 locations prove the token: a wrong one is told at once")
  void wrongToken() {
    answer(401, "{\"error\":{\"code\":\"unauthorized\",\"message\":\"unable\"}}");

    assertThat(failure(() -> client.locations(TIMEOUT)))
        .isInstanceOf(ApiFailure.Unauthorized.class);
    assertThat(calls).hasSize(1);
  }

  @Test
  @DisplayName("a read is repeated while its time lasts")
  void repeated() throws Exception {
    answer(502, "<html>");
    answers.add(call -> {
      throw new IOException("reset");
    });
    answer(200, page("", "null"));

    assertThat(client.floatingIps("", TIMEOUT)).isEmpty();
    assertThat(calls).hasSize(3);
  }

  @Test
  @DisplayName("a read ends when its time is over, and no call may take longer than what is left")
  void deadline() {
    for (int i = 0; i < 10; i++) {
      answer(502, "");
    }
    var began = pacer.now();

    assertThat(failure(() -> client.floatingIp(1, Duration.ofSeconds(5))))
        .isInstanceOf(ApiFailure.ServerError.class);
    assertThat(pacer.now()).isBefore(began.plusSeconds(5));
    assertThat(calls)
        .allSatisfy(call -> assertThat(call.timeout()).isLessThanOrEqualTo(Duration.ofSeconds(5)));
  }

  @Test
  @DisplayName("a write is made once; its failure says whether it may have happened")
  void writesOnce() {
    answers.add(call -> {
      throw new HttpTransport.NotSent("refused", new ConnectException());
    });
    answers.add(call -> {
      throw new IOException("reset");
    });

    assertThat(failure(() -> client.assign(1, 2)).mayHaveHappened()).isFalse();
    assertThat(failure(() -> client.assign(1, 2)).mayHaveHappened()).isTrue();
    assertThat(calls).hasSize(2);
    assertThat(calls.getFirst().body()).isEqualTo("{\"server\":2}");
  }

  @Test
  @DisplayName("an answer that lacks what the API promises is an error, not a guess")
  void malformed() {
    answer(200, "{\"action\":{\"id\":1,\"status\":\"odd\",\"command\":\"c\"}}");
    answer(200, "{}");
    answer(200, "{\"action\":{\"id\":1");
    answer(200, "[]");

    for (int i = 0; i < 4; i++) {
      assertThat(failure(() -> client.assign(1, 2))).isInstanceOf(ApiFailure.Malformed.class);
    }
  }

  @Test
  @DisplayName("a server without a location of its own is refused, whatever its data center says")
  void noDatacenter() {
    for (int i = 0; i < 10; i++) {
      answer(
          200,
          "{\"servers\":[{\"id\":1,\"name\":\"s\",\"labels\":{},\"public_net\":{},"
              + "\"datacenter\":{\"location\":"
              + LOCATION
              + "}}]}");
    }

    assertThat(failure(() -> client.servers("", TIMEOUT)).message()).contains("'location'");
  }

  @Test
  @DisplayName("a server without IPv4 or without IPv6 is a server")
  void families() throws Exception {
    answer(
        200,
        "{\"servers\":[{\"id\":1,\"name\":\"s\",\"labels\":{},\"location\":"
            + LOCATION
            + ",\"public_net\":{\"ipv4\":null,\"ipv6\":{\"ip\":\"2001:db8::/64\"}}}]}");

    var server = client.servers("", TIMEOUT).getFirst();

    assertThat(server.ipv4()).isNull();
    assertThat(server.ipv6Address()).isEqualTo("2001:db8:0:0:0:0:0:1");
  }

  @Test
  @DisplayName("the budget is what the last answer says; unreadable headers leave it")
  void rateLimit() throws Exception {
    answer(200, page("", "null"), "3600", "3599");
    answer(200, page("", "null"), "x", "-1");
    client.floatingIps("", TIMEOUT);
    client.floatingIps("", TIMEOUT);

    assertThat(client.rateLimit())
        .hasValueSatisfying(limit -> assertThat(limit.remaining()).isEqualTo(3599));
  }

  @Test
  @DisplayName("actions are read 25 at a time")
  void actions() throws Exception {
    answer(200, "{\"actions\":[]}");
    answer(200, "{\"actions\":[]}");

    client.actions(LongStream.range(0, 26).boxed().toList(), TIMEOUT);

    assertThat(calls).hasSize(2);
    assertThat(calls.getLast().uri().getQuery()).startsWith("id=25&");
  }

  @Test
  @DisplayName("no failure shows the token")
  void tokenHidden() {
    answers.add(call -> {
      throw new IOException("reset");
    });

    var thrown = catchThrowableOfType(ApiException.class, () -> client.assign(1, 2));

    assertThat(thrown).hasMessageContaining("POST").hasMessageNotContaining("secret");
    assertThat(thrown.failure().toString()).doesNotContain("secret");
  }

  private static ApiFailure failure(ThrowingCallable call) {
    return catchThrowableOfType(ApiException.class, call).failure();
  }

  private void answer(int status, String body) {
    answers.add(call -> new HttpAnswer(status, Map.of(), body));
  }

  private void answer(int status, String body, String limit, String remaining) {
    var headers =
        Map.of("ratelimit-limit", limit, "ratelimit-remaining", remaining, "ratelimit-reset", "1");
    answers.add(call -> new HttpAnswer(status, headers, body));
  }

  private static String page(String ips, String next) {
    return "{\"floating_ips\":[%s],\"meta\":{\"pagination\":{\"next_page\":%s}}}"
        .formatted(ips, next);
  }

  private static String ip(int id) {
    return "{\"id\":%d,\"name\":\"ip\",\"ip\":\"192.0.2.1\",\"server\":null,\"labels\":{},\"home_location\":%s}"
        .formatted(id, LOCATION);
  }
}
