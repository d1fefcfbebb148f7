package dev.holdfast.dataplane.relay;

import static dev.holdfast.dataplane.relay.RelayFixture.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.holdfast.dataplane.relay.RelayOptions.Limits;
import dev.holdfast.dataplane.relay.RelayOptions.Waits;
import dev.holdfast.dataplane.relay.transport.Sides;
import dev.holdfast.dataplane.relay.transport.SocketOptions;
import io.netty.channel.ChannelOption;
import java.net.InetAddress;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NoLeaks.class)
class LimitsTest {
  private static final RelayOptions OPTIONS = RelayOptions.defaults("test/limits", "127.0.0.1", 0);

  @Test
  @DisplayName(
      "a client over the limit is closed at once and counted; a place that is left is free")
  void total() throws Exception {
    checkLimit(new Limits(2, 0, 10, 0));
  }

  @Test
  @DisplayName("a client over the backend's limit is closed at once and counted")
  void perBackend() throws Exception {
    checkLimit(new Limits(0, 2, 10, 0));
  }

  private static void checkLimit(Limits limits) throws Exception {
    try (var backend = TestBackend.saying("x");
        var relay = new RelayFixture(OPTIONS.withLimits(limits)).open(backend.port());
        var first = relay.connect()) {
      assertThat(first.getInputStream().read()).isEqualTo('x');
      try (var second = relay.connect()) {
        assertThat(second.getInputStream().read()).isEqualTo('x');
        try (var third = relay.connect()) {
          assertThat(third.getInputStream().read()).isEqualTo(-1);
        }
      }
      assertThat(relay.server.counts().rejected()).isEqualTo(1);
      soon().until(() -> relay.server.counts().clients() == 1);
      try (var next = relay.connect()) {
        assertThat(next.getInputStream().read()).isEqualTo('x');
      }
    }
  }

  @Test
  @DisplayName(
      "a connection on which nothing moves is cut after the idle timeout, a busy one is not")
  void idle() throws Exception {
    var waits =
        new Waits(
            Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(2), Duration.ZERO);
    try (var backend = TestBackend.echo();
        var relay = new RelayFixture(OPTIONS.withWaits(waits)).open(backend.port());
        var idle = relay.connect();
        var busy = relay.connect()) {
      var cut = new CompletableFuture<Throwable>();
      Thread.ofVirtual()
          .start(() -> cut.complete(catchThrowable(() -> idle.getInputStream().read())));
      await()
          .pollInterval(Duration.ofMillis(20))
          .during(Duration.ofMillis(300))
          .until(() -> {
            busy.getOutputStream().write(7);
            return busy.getInputStream().read() == 7 && cut.isDone();
          });
      assertThat(cut).isCompletedWithValueMatching(SocketException.class::isInstance);
      assertThat(relay.server.counts().clients()).isEqualTo(1);
    }
  }

  @Test
  @DisplayName("a connection is cut at its maximum lifetime, busy or not")
  void lifetime() throws Exception {
    var waits =
        new Waits(
            Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ZERO, Duration.ofMillis(300));
    try (var backend = TestBackend.echo();
        var relay = new RelayFixture(OPTIONS.withWaits(waits)).open(backend.port());
        var client = relay.connect()) {
      assertThatThrownBy(
              () -> {
                for (var reads = 0; reads < Integer.MAX_VALUE; reads++) {
                  client.getOutputStream().write(7);
                  client.getInputStream().read();
                }
              })
          .isInstanceOf(SocketException.class);
    }
  }

  @Test
  @DisplayName("F25 both sides have TCP_NODELAY and keep-alive as the options say")
  void socketOptions() {
    try (var relay = new RelayFixture()) {
      for (var on : new boolean[] {true, false}) {
        var channel = relay.transport.newChannel(InetAddress.getLoopbackAddress());
        Sides.prepare(channel, new SocketOptions(on, on));
        assertThat(channel.config().getOption(ChannelOption.TCP_NODELAY)).isEqualTo(on);
        assertThat(channel.config().getOption(ChannelOption.SO_KEEPALIVE)).isEqualTo(on);
        channel.unsafe().closeForcibly();
      }
    }
  }
}
