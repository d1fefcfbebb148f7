package dev.holdfast.cli.fallback;

import dev.holdfast.cli.convert.GoDuration;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** tcp_fallback's flags and arguments, as typed. */
@Command(name = "tcp_fallback", sortOptions = false, sortSynopsis = false)
public final class FallbackFlags {

  @Option(
      names = "-timeout",
      paramLabel = "DURATION",
      defaultValue = "5s",
      converter = GoDuration.Converter.class,
      description = "Longest time for one connect to a backend. Default: 5s.")
  Duration timeout = Duration.ZERO;

  @Option(
      names = "-probe-delay",
      paramLabel = "DURATION",
      defaultValue = "30s",
      converter = GoDuration.Converter.class,
      description = "Time from one probe of a failed backend to the next. Default: 30s.")
  Duration probeDelay = Duration.ZERO;

  @Option(
      names = "-stats",
      paramLabel = "DURATION",
      defaultValue = "15m",
      converter = GoDuration.Converter.class,
      description = "Time from one set of STATS lines to the next; 0: never. Default: 15m.")
  Duration stats = Duration.ZERO;

  @Option(names = "-debug", description = "Log more: each probe, and each connection at its end.")
  boolean debug;

  @Option(names = "-quiet", description = "Log nothing. Counts before -syslog and -logfile.")
  boolean quiet;

  @Option(names = "-syslog", description = "Log to syslog. Counts before -logfile.")
  boolean syslog;

  @Option(
      names = "-syslog-socket",
      paramLabel = "FILE",
      defaultValue = "/dev/log",
      description = "Where syslog listens. Default: /dev/log.")
  Path syslogSocket = Path.of("");

  @Option(
      names = "-logfile",
      paramLabel = "FILE",
      description = "Append the log to this file; SIGHUP opens it anew. Default: stderr.")
  @Nullable Path logFile;

  @Option(
      names = "-maxthreads",
      paramLabel = "N",
      defaultValue = "4",
      description = "Event loops, at most one per processor. Default: 4.")
  int maxThreads;

  @Option(
      names = "-cpuprofile",
      paramLabel = "FILE",
      description = "Record a profile and save it at the end: a JFR file, for JDK Mission Control.")
  @Nullable Path cpuProfile;

  @Parameters(
      arity = "0..*",
      paramLabel = "ADDR:PORT",
      hidden = true,
      description = "Where to listen, then the backends in order of preference.")
  List<String> addresses = List.of();

  /** Lets a command read its arguments as Go programs do. */
  public static CommandLine goStyle(CommandLine command) {
    command
        .getCommandSpec()
        .preprocessor(new GoFlagStyle())
        .parser()
        .posixClusteredShortOptionsAllowed(false);
    return command.setOverwrittenOptionsAllowed(true);
  }

  /** tcp_fallback tells of each transfer when debugging. */
  public boolean logsEachConnection() {
    return debug;
  }

  /** At most one for each processor, which is also what a number below 1 means. */
  public int eventLoops() {
    var processors = Runtime.getRuntime().availableProcessors();
    return maxThreads < 1 ? processors : Math.min(maxThreads, processors);
  }

  /** How often statistics are due; practically never, if so typed. */
  Duration statsInterval() {
    return stats.isPositive() ? stats : Duration.ofDays(36_500);
  }

  /** Whether something to listen on and something to connect to are there. */
  public boolean complete() {
    return addresses.size() >= 2;
  }
}
