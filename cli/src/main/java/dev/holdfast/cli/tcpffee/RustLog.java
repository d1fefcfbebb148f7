package dev.holdfast.cli.tcpffee;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The filter of a log as env_logger reads it: levels, and levels of modules, with commas between
 * them. holdfast has none of tcpffee's modules, so that of all of them the level for tcpffee as a
 * whole counts.
 */
final class RustLog {
  private static final String MODULE = "tcpffee";
  private static final List<String> LEVELS = List.of("error", "warn", "info", "debug", "trace");

  private RustLog() {}

  /**
   * @return one of error, warn, info, debug and trace; empty when the filter says nothing of
   *     tcpffee as a whole
   */
  static Optional<String> level(String filter) {
    // after a slash: an expression that messages must match
    var directives = filter.split("/", 2)[0].split(",");
    return Stream.of("=", MODULE + "=")
        .flatMap(prefix -> lastOf(directives, prefix).stream())
        .reduce((_, moreSpecific) -> moreSpecific);
  }

  /** The last of several counts. */
  private static Optional<String> lastOf(String[] directives, String prefix) {
    return Stream.of(directives)
        .map(String::strip)
        .map(directive -> directive.contains("=") ? directive : whole(directive))
        .filter(directive -> directive.startsWith(prefix))
        .map(directive -> directive.substring(prefix.length()).toLowerCase(Locale.ROOT))
        .map(level -> level.equals("off") ? "error" : level)
        .filter(LEVELS::contains)
        .reduce((_, later) -> later);
  }

  /** A level is for all modules; a module's name alone is for all of its levels. */
  private static String whole(String directive) {
    var lower = directive.toLowerCase(Locale.ROOT);
    return LEVELS.contains(lower) || lower.equals("off") ? "=" + lower : directive + "=trace";
  }
}
