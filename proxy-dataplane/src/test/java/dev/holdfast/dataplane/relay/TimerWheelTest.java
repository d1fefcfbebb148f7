package dev.holdfast.dataplane.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TimerWheelTest {
  private static final long TICK_MILLIS = TimeUnit.NANOSECONDS.toMillis(TimerWheel.TICK_NANOS);

  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final List<Timer> expired = new ArrayList<>();
  private TimerWheel wheel;
  private long start;

  private class Timer extends TimerWheel.Entry {
    private final long dueMillis;
    private long expiredMillis = -1;

    Timer(long dueMillis) {
      this.dueMillis = dueMillis;
    }

    @Override
    void expired() {
      expiredMillis = elapsed();
      expired.add(this);
    }
  }

  @BeforeEach
  void freeze() {
    channel.freezeTime();
    wheel = new TimerWheel(channel.eventLoop());
    start = wheel.now();
  }

  @AfterEach
  void close() {
    channel.close();
  }

  @Test
  @DisplayName("an entry expires once, at its deadline or up to a tick later, however far away")
  void expires() {
    var random = new Random(7);
    var timers = new ArrayList<Timer>();
    for (var i = 0; i < 500; i++) {
      var timer = new Timer(elapsed() + random.nextLong(60_000));
      timers.add(timer);
      schedule(timer);
      advance(random.nextLong(100));
    }
    advance(61_000);

    assertThat(expired).containsExactlyInAnyOrderElementsOf(timers);
    assertThat(timers)
        .allSatisfy(timer ->
            assertThat(timer.expiredMillis)
                .isBetween(timer.dueMillis, timer.dueMillis + TICK_MILLIS + 1));
  }

  @Test
  @DisplayName("a cancelled entry does not expire; a moved one expires at its new deadline only")
  void cancelledAndMoved() {
    var cancelled = new Timer(1_000);
    var moved = new Timer(30_000);
    schedule(cancelled);
    wheel.schedule(moved, start + TimeUnit.MILLISECONDS.toNanos(1_000));
    schedule(moved);
    wheel.cancel(cancelled);
    advance(29_000);
    assertThat(expired).isEmpty();
    advance(2_000);
    assertThat(expired).containsExactly(moved);
  }

  @Test
  @DisplayName("an entry that is cancelled by another one of the same tick does not expire")
  void cancelledInTheSameTick() {
    var others = new ArrayList<Timer>();
    for (var i = 0; i < 2; i++) {
      others.add(
          new Timer(100) {
            @Override
            void expired() {
              super.expired();
              others.forEach(wheel::cancel);
            }
          });
    }
    others.forEach(this::schedule);
    advance(1_000);
    assertThat(expired).hasSize(1);
  }

  @Test
  @DisplayName("a wheel without entries has nothing scheduled; with entries it has one task")
  void oneTask() {
    for (var i = 1; i <= 100; i++) {
      schedule(new Timer(i * 37L));
    }
    advance(10_000);
    assertThat(expired).hasSize(100);
    assertThat(channel.runScheduledPendingTasks()).isEqualTo(-1);
  }

  private void schedule(Timer timer) {
    wheel.schedule(timer, start + TimeUnit.MILLISECONDS.toNanos(timer.dueMillis));
  }

  /** In steps, as a loop would wake up. */
  private void advance(long millis) {
    for (long i = 0; i < millis; i++) {
      channel.advanceTimeBy(1, TimeUnit.MILLISECONDS);
      channel.runScheduledPendingTasks();
    }
  }

  private long elapsed() {
    return TimeUnit.NANOSECONDS.toMillis(wheel.now() - start);
  }
}
