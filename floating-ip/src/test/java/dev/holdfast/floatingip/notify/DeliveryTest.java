package dev.holdfast.floatingip.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.floatingip.hetzner.VirtualPacer;
import dev.holdfast.floatingip.notify.Delivery.Outcome;
import dev.holdfast.floatingip.web.SecretUrl;
import dev.holdfast.floatingip.web.WebCall;
import dev.holdfast.floatingip.web.WebTransport.NoAnswer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeliveryTest {
  private static final int NO_ANSWER = 0;
  private static final SecretUrl URL = SecretUrl.of("http://127.0.0.1/s3cret");

  private final VirtualPacer pacer = new VirtualPacer();
  private final Instant start = pacer.now();
  private final Deque<Integer> answers = new ArrayDeque<>();
  private final List<WebCall> calls = new ArrayList<>();

  @ParameterizedTest(name = "{0} answers {1}")
  @CsvSource({
    "Mattermost, 200, true",
    "Mattermost, 201, false",
    "Mattermost, 204, false",
    "Slack, 200, true",
    "Slack, 202, false",
    "Slack, 302, false",
    "Webhook, 200, true",
    "Webhook, 202, true",
    "Webhook, 204, true",
    "Webhook, 302, false",
    "Webhook, 404, false"
  })
  @DisplayName("L42 Only 200 counts as delivered; a generic webhook may answer any 2xx")
  void goodAnswers(Service service, int status, boolean delivered) throws Exception {
    var outcome = deliver(service, status);

    assertThat(outcome instanceof Outcome.Delivered).isEqualTo(delivered);
    assertThat(calls).containsExactly(WebCall.post(URL, "{}", Duration.ofSeconds(10)));
  }

  @ParameterizedTest
  @ValueSource(ints = {NO_ANSWER, 408, 425, 429, 500, 502, 503})
  @DisplayName("What passes is tried again, after a pause")
  void triedAgain(int first) throws Exception {
    assertThat(deliver(Service.Slack, first, 200)).isEqualTo(new Outcome.Delivered());
    assertThat(calls).hasSize(2);
    assertThat(elapsed()).isEqualTo(Duration.ofSeconds(1));
  }

  @ParameterizedTest
  @ValueSource(ints = {302, 400, 401, 403, 404, 410, 413})
  @DisplayName("What does not pass is not tried again")
  void givenUp(int status) throws Exception {
    assertThat(deliver(Service.Slack, status))
        .isEqualTo(new Outcome.GivenUp("answered with status " + status, 1));
    assertThat(calls).hasSize(1);
  }

  @Test
  @DisplayName("Pauses double, a minute at most, and after ten attempts it is given up")
  void backoff() throws Exception {
    var outcome = deliver(Service.Mattermost, 500, 500, 500, 500, 500, 500, 500, 500, 500, 0, 200);

    assertThat(outcome).isEqualTo(new Outcome.GivenUp("no connection", 10));
    assertThat(elapsed()).isEqualTo(Duration.ofSeconds(1 + 2 + 4 + 8 + 16 + 32 + 60 + 60 + 60));
  }

  private Outcome deliver(Service service, Integer... statuses) throws InterruptedException {
    answers.addAll(Arrays.asList(statuses));
    var target = new Target(service, URL, Optional.empty(), "holdfast", Target.DOLPHIN);
    return new Delivery(target, DeliveryPolicy.standard(), this::answer, pacer, () -> 1).send("{}");
  }

  private int answer(WebCall call) throws NoAnswer {
    calls.add(call);
    int status = answers.remove();
    if (status == NO_ANSWER) {
      throw new NoAnswer("no connection");
    }
    return status;
  }

  private Duration elapsed() {
    return Duration.between(start, pacer.now());
  }
}
