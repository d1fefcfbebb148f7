package dev.holdfast.cli.fallback;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** A line as Go's package {@code log} writes it: time, if wanted, and message. */
final class GoLogLayout extends LayoutBase<ILoggingEvent> {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm:ss ").withZone(ZoneId.systemDefault());

  private final boolean timed;

  GoLogLayout(boolean timed) {
    this.timed = timed;
  }

  @Override
  public String doLayout(ILoggingEvent event) {
    var line = new StringBuilder();
    if (timed) {
      TIME.formatTo(event.getInstant(), line);
    }
    if (!event.getLevel().isGreaterOrEqual(Level.INFO)) {
      line.append("DEBUG: ");
    }
    line.append(event.getFormattedMessage()).append('\n');
    if (event.getThrowableProxy() != null) {
      line.append(ThrowableProxyUtil.asString(event.getThrowableProxy()));
    }
    return line.toString();
  }
}
