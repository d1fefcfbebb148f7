package dev.holdfast.cli.fallback;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import dev.holdfast.cli.console.CommandFailed;
import java.io.IOException;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/** Sends the log where the flags want it: quiet before syslog before a file before stderr. */
final class FallbackLogging {
  private static final org.slf4j.Logger log = LoggerFactory.getLogger(FallbackLogging.class);
  private static final String TAG = "holdfast";

  private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();

  private FallbackLogging() {}

  /** What to do when the log is to be opened anew. */
  interface Reopening {
    void reopen();
  }

  /**
   * Configures the log for the rest of the process. A syslog that cannot be reached is told of on
   * stderr, where the log then goes.
   *
   * @throws CommandFailed when the log file cannot be opened
   */
  static Reopening configure(FallbackFlags flags) {
    var logging = new FallbackLogging();
    logging.context.reset();
    logging.levels(flags);
    if (flags.quiet) {
      return () -> {};
    }
    if (flags.syslog) {
      logging.toSyslog(flags.syslogSocket);
      return () -> {};
    }
    if (flags.logFile != null && !flags.logFile.toString().isEmpty()) {
      return logging.toFile(flags.logFile);
    }
    logging.toStderr();
    return () -> {};
  }

  /** What tcp_fallback's log never said is heard from warnings on, or in full with -debug. */
  private void levels(FallbackFlags flags) {
    var own = FallbackLogging.class.getPackageName();
    level(Logger.ROOT_LOGGER_NAME, flags.quiet ? Level.OFF : Level.WARN);
    level("dev.holdfast", flags.debug ? Level.DEBUG : Level.WARN);
    level("dev.holdfast.failover", flags.debug ? Level.DEBUG : Level.ERROR);
    level(own, flags.debug ? Level.DEBUG : Level.INFO);
  }

  private void level(String logger, Level level) {
    context.getLogger(logger).setLevel(level);
  }

  private void toStderr() {
    var console = new ConsoleAppender<ILoggingEvent>();
    console.setTarget("System.err");
    use(timed(console));
  }

  private void toSyslog(Path socket) {
    try {
      use(new SyslogAppender(socket, TAG));
    } catch (IOException e) {
      toStderr();
      log.error("{}; logging to stderr instead", e.getMessage());
    }
  }

  private Reopening toFile(Path path) {
    var file = new LogFile(path);
    try {
      file.prepare();
    } catch (IOException e) {
      throw new CommandFailed("the log file cannot be opened: " + e, e);
    }
    use(timed(file));
    return () -> {
      try {
        file.reopen();
      } catch (IOException e) {
        log.error(
            "the log file cannot be opened anew, the one before stays in use: {}", e.toString());
      }
    };
  }

  private OutputStreamAppender<ILoggingEvent> timed(OutputStreamAppender<ILoggingEvent> appender) {
    var layout = new GoLogLayout(true);
    layout.setContext(context);
    layout.start();
    var encoder = new LayoutWrappingEncoder<ILoggingEvent>();
    encoder.setContext(context);
    encoder.setLayout(layout);
    encoder.start();
    appender.setEncoder(encoder);
    return appender;
  }

  private void use(Appender<ILoggingEvent> appender) {
    appender.setContext(context);
    appender.start();
    context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(appender);
  }
}
