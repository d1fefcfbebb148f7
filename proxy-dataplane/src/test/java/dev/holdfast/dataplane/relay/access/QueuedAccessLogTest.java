package dev.holdfast.dataplane.relay.access;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.holdfast.dataplane.metrics.MetricSink;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

@Timeout(30)
class QueuedAccessLogTest {
  private static final Logger LOGGER =
      (Logger) LoggerFactory.getLogger(QueuedAccessLogTest.class.getName() + ".lines");
  private static final AccessEntry ENTRY = entry(null);

  private final CountDownLatch disk = new CountDownLatch(1);
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final AppenderBase<ILoggingEvent> slow =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          try {
            assertThat(disk.await(20, TimeUnit.SECONDS)).isTrue();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          lines.add(event.getFormattedMessage());
        }
      };

  @BeforeEach
  void listen() {
    slow.start();
    LOGGER.setAdditive(false);
    LOGGER.addAppender(slow);
  }

  @AfterEach
  void stop() {
    LOGGER.detachAppender(slow);
  }

  @Test
  @DisplayName("A line has the client, the backend, the bytes each way, the time and the end")
  void line() {
    disk.countDown();
    try (var log = QueuedAccessLog.start(LOGGER)) {
      log.write(ENTRY);
    }
    assertThat(lines)
        .containsExactly(
            "access resource=default/pg client=[2001:db8::7]:5001 backend=pg-0"
                + " bytesToBackend=12 bytesToClient=345 took=67ms end=Complete");
  }

  @Test
  @DisplayName("Where a client has a key, the line has it beside the backend that it belongs to")
  void key() {
    disk.countDown();
    try (var log = QueuedAccessLog.start(LOGGER)) {
      log.write(entry("2001:db8::/64"));
    }
    assertThat(lines)
        .containsExactly(
            "access resource=default/pg client=[2001:db8::7]:5001 backend=pg-0 key=2001:db8::/64"
                + " bytesToBackend=12 bytesToClient=345 took=67ms end=Complete");
  }

  private static AccessEntry entry(@Nullable String key) {
    return new AccessEntry(
        "default/pg",
        new InetSocketAddress("2001:db8::7", 5001),
        "pg-0",
        key,
        12,
        345,
        Duration.ofMillis(67),
        "Complete");
  }

  @Test
  @DisplayName("Whoever writes does not wait for the disk: lines are dropped, counted, and said")
  void dropped() {
    var log = QueuedAccessLog.start(LOGGER);
    for (var i = 0; i < 10_000; i++) {
      log.write(ENTRY);
    }
    disk.countDown();
    log.close();

    var dropped = counted(log, "dropped");
    assertThat(dropped).isGreaterThan(1_000);
    assertThat(counted(log, "written")).isEqualTo(10_000 - dropped);
    assertThat(lines)
        .filteredOn(line -> line.contains("are missing"))
        .containsExactly(
            dropped
                + " lines of the access log are missing: connections ended faster than lines could"
                + " be written");
  }

  private static int counted(QueuedAccessLog log, String result) {
    var counts = new int[1];
    log.collect(
        new MetricSink() {
          @Override
          public void counter(String name, String help, Map<String, String> labels, double value) {
            counts[0] += labels.containsValue(result) ? (int) value : 0;
          }

          @Override
          public void gauge(String name, String help, Map<String, String> labels, double value) {
            throw new AssertionError("a counter was expected");
          }
        });
    return counts[0];
  }
}
