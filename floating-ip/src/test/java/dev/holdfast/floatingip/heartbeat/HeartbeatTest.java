package dev.holdfast.floatingip.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.floatingip.web.SecretUrl;
import dev.holdfast.floatingip.web.SteppedPacer;
import dev.holdfast.floatingip.web.WebCall;
import dev.holdfast.floatingip.web.WebTransport;
import dev.holdfast.floatingip.web.WebTransport.NoAnswer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class HeartbeatTest {
  private static final SecretUrl URL = SecretUrl.of("http://127.0.0.1/s3cret");
  private static final Duration INTERVAL = Duration.ofSeconds(60);
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final SteppedPacer pacer = new SteppedPacer();
  private final Instant start = pacer.now();
  private final AtomicReference<Instant> progress = new AtomicReference<>(start);
  private final List<Duration> sent = new CopyOnWriteArrayList<>();

  @Test
  @DisplayName("L11 A GET is sent at once and then each interval, with the timeout")
  void atOnceAndThenEachInterval() throws Exception {
    try (var heartbeat = heartbeat(this::ok)) {
      heartbeat.start();
      for (int i = 0; i < 3; i++) {
        assertThat(pacer.passOnePause()).isEqualTo(INTERVAL);
        progress.set(pacer.now());
      }
      assertThat(List.copyOf(sent)).startsWith(Duration.ZERO, INTERVAL, INTERVAL.plus(INTERVAL));
    }
  }

  @Test
  @DisplayName("L11 An answer other than 200, or none, changes nothing for the next one")
  void failuresAreOnlyLogged() throws Exception {
    WebTransport failing =
        call -> {
          if (ok(call) == 200 && sent.size() == 1) {
            throw new NoAnswer("no connection");
          }
          return 503;
        };
    try (var heartbeat = heartbeat(failing)) {
      heartbeat.start();
      pacer.passOnePause();
      pacer.passOnePause();

      assertThat(List.copyOf(sent)).startsWith(Duration.ZERO, INTERVAL);
    }
  }

  @Test
  @DisplayName("None is sent while the loop makes no progress, and again when it does")
  void heldBack() throws Exception {
    try (var heartbeat = heartbeat(this::ok)) {
      heartbeat.start();
      for (int i = 0; i < 4; i++) {
        pacer.passOnePause();
      }
      progress.set(pacer.now().minusSeconds(1));
      pacer.passOnePause();
      pacer.passOnePause();

      // at 0 and 60 s; the next ones find 120 s and more without progress, until 300 s
      assertThat(sent.stream().map(Duration::toSeconds))
          .startsWith(0L, 60L)
          .doesNotContain(120L, 180L);
      assertThat(sent.stream().map(Duration::toSeconds)).contains(300L);
    }
  }

  @Test
  @DisplayName("A slow answer does not add up: the next one keeps to the interval's grid")
  void grid() {
    var due = start;

    assertThat(Beat.following(due, INTERVAL, due)).isEqualTo(due.plusSeconds(60));
    assertThat(Beat.following(due, INTERVAL, due.plusSeconds(10))).isEqualTo(due.plusSeconds(60));
    assertThat(Beat.following(due, INTERVAL, due.plusSeconds(61))).isEqualTo(due.plusSeconds(120));
    assertThat(Beat.following(due, INTERVAL, due.minusSeconds(1))).isEqualTo(due.plusSeconds(60));
  }

  @Test
  @DisplayName("An end does not wait for a monitor that hangs")
  void closesAtOnce() throws Exception {
    var asked = new CountDownLatch(1);
    var ended = new CountDownLatch(1);
    var never = new CountDownLatch(1);
    WebTransport hanging =
        call -> {
          asked.countDown();
          try {
            never.await();
            return 200;
          } finally {
            ended.countDown();
          }
        };
    var heartbeat = heartbeat(hanging).start();
    assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();

    heartbeat.close();

    assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  @DisplayName("L11 No text shows the URL, and times without sense are refused")
  void settings() {
    assertThat(settings(INTERVAL).toString()).doesNotContain("s3cret");
    assertThatThrownBy(() -> settings(Duration.ZERO))
        .hasMessageContaining("above 0")
        .message()
        .doesNotContain("s3cret");
    assertThat(
            List.of(
                new Beat.Sent(500), new Beat.Lost("no connection"), new Beat.HeldBack(PATIENCE)))
        .extracting(Beat::toString)
        .containsExactly(
            "expected 200 as the answer to the heartbeat, found 500",
            "the heartbeat is not answered: no connection",
            "the heartbeat is held back, because there was no progress for 90s");
    assertThat(new Beat.HeldBack(PATIENCE).isLike(new Beat.HeldBack(INTERVAL))).isTrue();
    assertThat(new Beat.Sent(500).isLike(new Beat.Sent(200))).isFalse();
  }

  private Heartbeat heartbeat(WebTransport transport) {
    return new Heartbeat("web", settings(INTERVAL), progress::get, transport, pacer);
  }

  private static HeartbeatSettings settings(Duration interval) {
    return new HeartbeatSettings(URL, interval, TIMEOUT, PATIENCE);
  }

  private int ok(WebCall call) {
    assertThat(call).isEqualTo(WebCall.get(URL, TIMEOUT));
    sent.add(Duration.between(start, pacer.now()));
    return 200;
  }
}
