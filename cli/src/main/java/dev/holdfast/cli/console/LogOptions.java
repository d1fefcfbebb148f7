package dev.holdfast.cli.console;

import ch.qos.logback.classic.Level;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What and how a long-running command logs; the log goes to stderr. */
public final class LogOptions {

  enum Threshold {
    Error,
    Warn,
    Info,
    Debug,
    Trace
  }

  private static final String FORMAT = "--log-format";
  private static final String LEVEL = "--log-level";

  private final Logging.@Nullable Format format;
  private final @Nullable Threshold level;

  private LogOptions(CommandSpec parsed) {
    format = parsed.findOption(FORMAT).getValue();
    level = parsed.findOption(LEVEL).getValue();
  }

  /** To be mixed into a command. */
  public static CommandSpec spec() {
    return CommandSpec.create()
        .addOption(
            OptionSpec.builder(FORMAT)
                .paramLabel("text|json")
                .type(Logging.Format.class)
                .defaultValue("${env:HOLDFAST_LOG_FORMAT}")
                .description(
                    "text or json. Default: $HOLDFAST_LOG_FORMAT, else json in a pod and text"
                        + " elsewhere.")
                .build())
        .addOption(
            OptionSpec.builder(LEVEL)
                .paramLabel("LEVEL")
                .type(Threshold.class)
                .defaultValue("${env:HOLDFAST_LOG_LEVEL}")
                .description(
                    "error, warn, info, debug or trace. Default: $HOLDFAST_LOG_LEVEL, else info.")
                .build());
  }

  /**
   * As typed.
   *
   * @param parsed what {@link #spec} gave, or a command that it was mixed into
   */
  public static LogOptions of(CommandSpec parsed) {
    return new LogOptions(parsed);
  }

  /** Configures the log for the rest of the process. */
  public void apply() {
    apply(Threshold.Info.name());
  }

  /**
   * The same.
   *
   * @param otherwise the level when none was said
   */
  public void apply(String otherwise) {
    var inPod = System.getenv("KUBERNETES_SERVICE_HOST") != null;
    var chosen = format != null ? format : inPod ? Logging.Format.Json : Logging.Format.Text;
    Logging.configure(chosen, named(level == null ? otherwise : level.name()));
  }

  /** For commands that have nothing to log and no such options: warnings only. */
  public static void quiet() {
    Logging.configure(Logging.Format.Text, Level.WARN);
  }

  /** Configures the log of a command that tells a person itself what changes. */
  public void applyQuietly() {
    Logging.configure(
        format != null ? format : Logging.Format.Text,
        level == null || level == Threshold.Info ? Level.ERROR : named(level.name()));
  }

  private static Level named(String level) {
    return Level.valueOf(level.toUpperCase(Locale.ROOT));
  }
}
