package dev.holdfast.cli.fallback;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;

/** Sends log lines to the local syslog, in the form of RFC 3164, as severity informational. */
final class SyslogAppender extends AppenderBase<ILoggingEvent> {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("MMM ppd HH:mm:ss", Locale.ENGLISH)
          .withZone(ZoneId.systemDefault());

  /** Facility user (1), severity informational (6). */
  private static final int PRIORITY = 8 + 6;

  private static final int MAX_LENGTH = 8192;

  private final Path path;
  private final String tag;
  private final GoLogLayout layout = new GoLogLayout(false);
  private SyslogSocket socket;
  private boolean complained;

  /**
   * @throws IOException when nobody listens there
   */
  SyslogAppender(Path path, String tag) throws IOException {
    this.path = path;
    this.tag = tag;
    this.socket = SyslogSocket.connect(path);
  }

  @Override
  protected void append(ILoggingEvent event) {
    var message = message(event.getInstant(), layout.doLayout(event).stripTrailing());
    try {
      send(message);
    } catch (IOException e) {
      complain(e);
    }
  }

  private void send(byte[] message) throws IOException {
    try {
      socket.send(message);
    } catch (IOException restarted) {
      var next = SyslogSocket.connect(path);
      socket.close();
      socket = next;
      socket.send(message);
    }
  }

  private byte[] message(Instant at, String text) {
    var line =
        "<%d>%s %s[%d]: %s"
            .formatted(PRIORITY, TIME.format(at), tag, ProcessHandle.current().pid(), text)
            .getBytes(StandardCharsets.UTF_8);
    return line.length <= MAX_LENGTH ? line : Arrays.copyOf(line, MAX_LENGTH);
  }

  /** Once: the log itself cannot tell of it. */
  private void complain(IOException e) {
    if (!complained) {
      complained = true;
      System.err.println("holdfast: the log is lost: " + e.getMessage());
    }
  }

  @Override
  public void stop() {
    super.stop();
    try {
      socket.close();
    } catch (IOException e) {
      addWarn("syslog's socket cannot be closed", e);
    }
  }
}
