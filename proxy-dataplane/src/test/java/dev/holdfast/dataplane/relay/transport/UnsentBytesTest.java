package dev.holdfast.dataplane.relay.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.dataplane.relay.epoll.Transit;
import io.netty.buffer.ByteBufAllocator;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class UnsentBytesTest {
  private static final long LIMIT = 1_000_000;

  @Test
  @DisplayName("Above the limit little is read at a time, and below it much again")
  void shrinks() {
    var unsent = new UnsentBytes(ByteBufAllocator.DEFAULT::directBuffer, LIMIT);
    unsent.keep(LIMIT);
    assertThat(unsent.room()).isEqualTo(Transit.BUFFER_BYTES);
    unsent.keep(1);
    assertThat(unsent.room()).isEqualTo(UnsentBytes.LITTLE);
    assertThat(unsent.isShort()).isTrue();
    unsent.letGo(1);
    assertThat(unsent.room()).isEqualTo(Transit.BUFFER_BYTES);
    unsent.letGo(LIMIT);
    assertThat(unsent.held()).isZero();
  }

  @Test
  @DisplayName("That there is no memory is said once a minute, however often it happens")
  void saidOnceAMinute() {
    var now = new AtomicLong(42);
    var log = new MemoryLog(now::get);
    var none = new OutOfMemoryError("on purpose");
    assertThat(log.tell("pg-0", none)).isTrue();
    assertThat(log.tell("pg-0", none)).isFalse();
    now.addAndGet(TimeUnit.SECONDS.toNanos(60) - 1);
    assertThat(log.tell("pg-1", none)).isFalse();
    now.incrementAndGet();
    assertThat(log.tell("pg-1", none)).isTrue();
  }
}
