package dev.holdfast.floatingip.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.floatingip.hetzner.Pacer;
import dev.holdfast.floatingip.hetzner.VirtualPacer;
import dev.holdfast.floatingip.web.SecretUrl;
import dev.holdfast.floatingip.web.SteppedPacer;
import dev.holdfast.floatingip.web.WebCall;
import dev.holdfast.floatingip.web.WebTransport;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class NotifierTest {
  private static final Target TARGET =
      new Target(
          Service.Slack,
          SecretUrl.of("http://127.0.0.1/s3cret"),
          Optional.of("ops"),
          "holdfast",
          Target.DOLPHIN);
  private static final Duration GATHER = Duration.ofSeconds(1);

  private final BlockingQueue<String> bodies = new LinkedBlockingQueue<>();

  @Test
  @DisplayName("Messages that come within the time to gather go out together")
  void grouped() throws Exception {
    var pacer = new SteppedPacer();
    try (var notifier = notifier(3, this::accept, pacer).start()) {
      notifier.tell(message("first"));
      notifier.tell(message("second"));
      assertThat(pacer.passOnePause()).isEqualTo(GATHER);

      assertThat(next()).contains("first", "second");

      notifier.tell(message("third"));
      pacer.passOnePause();
      assertThat(next()).contains("third").doesNotContain("first");
    }
  }

  @Test
  @DisplayName("A webhook that hangs keeps nobody who has a message, and what is dropped is told")
  void hangingWebhook() throws Exception {
    var asked = new CountDownLatch(1);
    var answer = new CountDownLatch(1);
    WebTransport hanging =
        call -> {
          asked.countDown();
          answer.await();
          return accept(call);
        };
    try (var notifier = notifier(3, hanging, new VirtualPacer()).start()) {
      notifier.tell(message("m0"));
      assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
      for (int i = 1; i <= 5; i++) {
        notifier.tell(message("m" + i));
      }
      assertThat(notifier.waiting()).isEqualTo(3);
      answer.countDown();

      assertThat(next()).contains("m0");
      assertThat(next()).contains("dropped: 2", "m3", "m4").doesNotContain("m1", "m2");
      assertThat(next()).contains("m5").doesNotContain("dropped");
    }
  }

  @Test
  @DisplayName("What cannot be delivered is let go, and the next message goes out")
  void undeliverable() throws Exception {
    WebTransport picky =
        call -> {
          accept(call);
          return String.valueOf(call.body()).contains("bad") ? 400 : 200;
        };
    var pacer = new SteppedPacer();
    try (var notifier = notifier(3, picky, pacer).start()) {
      notifier.tell(message("bad"));
      pacer.passOnePause();
      assertThat(next()).contains("bad");
      notifier.tell(message("good"));
      pacer.passOnePause();

      assertThat(next()).contains("good").doesNotContain("bad");
    }
  }

  @Test
  @DisplayName("At the end what waits is still told, without waiting for more")
  void lastWords() throws Exception {
    var notifier = notifier(3, this::accept, new VirtualPacer());
    notifier.tell(message("last"));
    notifier.start();

    notifier.close();

    assertThat(next()).contains("last");
  }

  @Test
  @DisplayName("The name of a target in logs shows its channel and not its URL")
  void name() {
    assertThat(TARGET).hasToString("Slack channel ops");
  }

  private static Notifier notifier(int capacity, WebTransport transport, Pacer pacer) {
    var policy =
        new DeliveryPolicy(capacity, 2, GATHER, Duration.ofSeconds(10), 2, Duration.ofSeconds(1));
    return new Notifier("web", TARGET, policy, transport, pacer);
  }

  private static Message message(String headline) {
    return new Message("web", headline, List.of(), List.of());
  }

  private int accept(WebCall call) {
    bodies.add(String.valueOf(call.body()));
    return 200;
  }

  private String next() throws InterruptedException {
    var body = bodies.poll(10, TimeUnit.SECONDS);
    assertThat(body).as("a message within 10 s").isNotNull();
    return body;
  }
}
