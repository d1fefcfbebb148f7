package dev.holdfast.dataplane.relay;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/** Fails the test class in which Netty's detector saw a buffer that nobody released. */
final class NoLeaks implements BeforeAllCallback, AfterAllCallback {
  private static final Logger DETECTOR =
      (Logger) LoggerFactory.getLogger(ResourceLeakDetector.class);

  private final ListAppender<ILoggingEvent> reports = new ListAppender<>();

  @Override
  public void beforeAll(ExtensionContext context) {
    assertThat(ResourceLeakDetector.getLevel())
        .as("leak detection level, set by the module's test.jvm.flags")
        .isEqualTo(ResourceLeakDetector.Level.PARANOID);
    reports.start();
    DETECTOR.addAppender(reports);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    for (var round = 0; round < 5; round++) {
      System.gc();
      // the detector looks at what was collected when the next buffer is made
      ByteBufAllocator.DEFAULT.buffer(16).release();
      ByteBufAllocator.DEFAULT.directBuffer(16).release();
    }
    DETECTOR.detachAppender(reports);
    assertThat(reports.list).extracting(ILoggingEvent::getFormattedMessage).isEmpty();
  }
}
