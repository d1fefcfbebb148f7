package dev.holdfast.cli.console;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import java.util.TimeZone;
import org.slf4j.LoggerFactory;

/** Sets logback up in code: no file to find, no XML to parse at start. */
final class Logging {

  enum Format {
    Text,
    Json
  }

  private static final String ON_TERMINAL = "HH:mm:ss.SSS";
  private static final String IN_FILE = "yyyy-MM-dd'T'HH:mm:ss.SSSXXX";
  private static final TimeZone UTC = TimeZone.getTimeZone("UTC");

  private Logging() {}

  /**
   * Replaces whatever was configured. Libraries are heard from {@code WARN} on unless debugged; the
   * Raft library from {@code ERROR} on, which warns several times a second of a peer that is away.
   */
  static void configure(Format format, Level level) {
    configure((LoggerContext) LoggerFactory.getILoggerFactory(), format, level);
  }

  static void configure(LoggerContext context, Format format, Level level) {
    context.reset();
    var appender = new ConsoleAppender<ILoggingEvent>();
    appender.setContext(context);
    appender.setTarget("System.err");
    appender.setEncoder(encoder(format, context));
    appender.start();
    var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.addAppender(appender);
    root.setLevel(level.isGreaterOrEqual(Level.INFO) ? max(level, Level.WARN) : level);
    if (level.isGreaterOrEqual(Level.INFO)) {
      context.getLogger("org.apache.ratis").setLevel(max(level, Level.ERROR));
    }
    context.getLogger("dev.holdfast").setLevel(level);
  }

  /** Java looks for the rules of any other zone in all jars. */
  private static String time() {
    var form = Terminal.isInteractive() ? ON_TERMINAL : IN_FILE;
    return TimeZone.getDefault().hasSameRules(UTC) ? form + ", UTC" : form;
  }

  private static Level max(Level a, Level b) {
    return a.isGreaterOrEqual(b) ? a : b;
  }

  private static Encoder<ILoggingEvent> encoder(Format format, LoggerContext context) {
    return switch (format) {
      case Text -> {
        var encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern("%d{" + time() + "} %-5level %msg%n%ex");
        encoder.start();
        yield encoder;
      }
      case Json -> {
        var encoder = new JsonEncoder();
        encoder.setContext(context);
        encoder.setWithSequenceNumber(false);
        encoder.setWithNanoseconds(false);
        encoder.setWithContext(false);
        encoder.setWithMDC(false);
        encoder.setWithMessage(false);
        encoder.setWithArguments(false);
        encoder.setWithFormattedMessage(true);
        encoder.start();
        yield encoder;
      }
    };
  }
}
