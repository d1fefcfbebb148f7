package dev.holdfast.dataplane.relay;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.holdfast.dataplane.relay.RelayOptions.Listen;
import dev.holdfast.dataplane.relay.access.AccessLog;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class AcceptorTest {
  private static final IOException TOO_MANY = new IOException("Too many open files");
  private static final Logger LOG = (Logger) LoggerFactory.getLogger(Acceptor.class);

  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
  private final RelayState relay =
      new RelayState(
          new SilentEvents(),
          (pair, early) -> {
            throw new AssertionError("nobody was linked");
          },
          AccessLog.off(),
          new DefaultEventLoop(),
          RelayOptions.defaults("test/acceptor", "127.0.0.1", 0));
  private final SpareDescriptor spare = new SpareDescriptor();
  private final EmbeddedChannel listener =
      new EmbeddedChannel(
          new Acceptor(
              relay,
              () -> {
                throw new AssertionError("nobody was accepted");
              },
              spare,
              1));

  @BeforeEach
  void listen() {
    listener.freezeTime();
    logged.start();
    LOG.addAppender(logged);
  }

  @AfterEach
  void stop() {
    LOG.detachAppender(logged);
    listener.close();
    spare.close();
  }

  @Test
  @DisplayName("T22 a failed accept pauses accepting, longer each time, and is logged once")
  void pauses() {
    long[] pauses = {50, 100, 200, 400, 800, 1_000, 1_000};
    for (var pause : pauses) {
      listener.pipeline().fireExceptionCaught(TOO_MANY);
      assertThat(listener.config().isAutoRead()).isFalse();
      advance(pause - 1);
      assertThat(listener.config().isAutoRead()).isFalse();
      advance(1);
      assertThat(listener.config().isAutoRead()).isTrue();
    }
    assertThat(logged.list).hasSize(1);
    assertThat(logged.list.getFirst().getFormattedMessage())
        .contains("test/acceptor", "Too many open files");
    assertThat(relay.counters.acceptPauses.sum()).isEqualTo(pauses.length);
  }

  @Test
  @DisplayName(
      "T22 a shortage is over when there was none for ten seconds, and that is logged once")
  void shortageOver() {
    listener.pipeline().fireExceptionCaught(TOO_MANY);
    advance(50);
    advance(9_000);
    listener.pipeline().fireExceptionCaught(TOO_MANY);
    advance(100);
    advance(9_999);
    assertThat(logged.list).hasSize(1);
    advance(1);
    assertThat(logged.list).hasSize(2);
    assertThat(logged.list.getLast().getFormattedMessage())
        .isEqualTo("test/acceptor: accepting clients as they come again");

    listener.pipeline().fireExceptionCaught(TOO_MANY);
    assertThat(logged.list).hasSize(3);
  }

  @Test
  @DisplayName("T22 nobody is accepted while there is no descriptor in reserve for the backend")
  void reserve() {
    assertThat(spare.spend()).as("filled by the acceptor").isTrue();
    assertThat(spare.spend()).isFalse();
    listener.pipeline().fireExceptionCaught(TOO_MANY);
    advance(50);
    assertThat(spare.spend()).as("filled before accepting goes on").isTrue();
  }

  private void advance(long millis) {
    listener.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
    listener.runScheduledPendingTasks();
  }

  private static final class SilentEvents implements RelayEvents {
    @Override
    public void connectFailed(Target target, ConnectFailure failure) {}

    @Override
    public void listenerChanged(Listen listen, ListenerState state) {}
  }
}
