package dev.holdfast.dataplane.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.dataplane.relay.RelayOptions.Limits;
import dev.holdfast.dataplane.relay.RelayOptions.Listen;
import dev.holdfast.dataplane.relay.RelayOptions.Waits;
import dev.holdfast.dataplane.relay.access.AccessLog;
import dev.holdfast.dataplane.relay.transport.Transport;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** In virtual time: how long clients wait for a fresh primary and for their turn at it. */
class WaitingTest {
  private static final Duration HELD = Duration.ofSeconds(2);
  private static final Admission.Open OPEN = new Admission.Open(RelayFixture.target(1, 1));

  private final EmbeddedChannel clock = new EmbeddedChannel();
  private final Transport transport = RelayFixture.transport(1);
  private final List<String> told = new ArrayList<>();
  private long millis;

  @BeforeEach
  void freeze() {
    clock.freezeTime();
  }

  @AfterEach
  void close() {
    clock.finishAndReleaseAll();
    transport.close();
  }

  @Test
  @DisplayName("who was held in time may wait for its turn longer than it was to be held")
  void patience() {
    var relay = relay(2, Duration.ofSeconds(30));
    relay.admit(new Admission.Hold());
    for (var i = 0; i < 7; i++) {
      waiting(relay, i).forPrimary();
    }
    advance(HELD.toMillis() - 100);
    relay.admit(OPEN);
    advance(4_000);
    assertThat(told)
        .containsExactly(
            "0 goes on at 1900",
            "1 goes on at 2400",
            "2 goes on at 2900",
            "3 goes on at 3400",
            "4 goes on at 3900",
            "5 goes on at 4400",
            "6 goes on at 4900");
  }

  @Test
  @DisplayName("a turn that does not come in time ends at the deadline")
  void deadline() {
    var relay = relay(1, Duration.ofMillis(300));
    relay.admit(OPEN);
    for (var i = 0; i < 3; i++) {
      waiting(relay, i).forNext();
    }
    advance(2_000);
    assertThat(told)
        .containsExactlyInAnyOrder(
            "0 goes on at 0",
            "1 is rejected at 300: HeldTooLong",
            "2 is rejected at 300: HeldTooLong");
    assertThat(relay.parked.size()).isZero();
  }

  private RelayState relay(int perSecond, Duration retryDeadline) {
    var options =
        RelayOptions.defaults("test/waiting", "127.0.0.1", 0)
            .withLimits(new Limits(0, 0, 1_000, perSecond))
            .withWaits(new Waits(HELD, retryDeadline, Duration.ZERO, Duration.ZERO));
    RelayEvents nobody =
        new RelayEvents() {
          @Override
          public void connectFailed(Target target, ConnectFailure failure) {}

          @Override
          public void listenerChanged(Listen listen, ListenerState state) {}
        };
    return new RelayState(
        nobody,
        (pair, early) -> {
          throw new AssertionError("nobody was linked");
        },
        AccessLog.off(),
        clock.eventLoop(),
        options);
  }

  private Waiting waiting(RelayState relay, int client) {
    var lane = new Lane(clock.eventLoop(), new DnsNames(clock.eventLoop(), transport), transport);
    return new Waiting(
        relay,
        lane,
        new EarlyReader(new EmbeddedChannel(), relay.heldBytes),
        new Waiting.Party() {
          @Override
          public void goOn() {
            told.add(client + " goes on at " + millis);
          }

          @Override
          public void reject(EndReason reason) {
            told.add(client + " is rejected at " + millis + ": " + reason);
          }
        });
  }

  private void advance(long by) {
    clock.runPendingTasks();
    for (long i = 0; i < by; i++) {
      millis++;
      clock.advanceTimeBy(1, TimeUnit.MILLISECONDS);
      clock.runScheduledPendingTasks();
      clock.runPendingTasks();
    }
  }
}
