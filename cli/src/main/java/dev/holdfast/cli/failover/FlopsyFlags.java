package dev.holdfast.cli.failover;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** flopsy's flags, as typed. */
@Command(name = "flopsy", sortOptions = false, sortSynopsis = false)
public final class FlopsyFlags {

  /** Where clients connect: one of the two. */
  static final class Listen {
    @Option(
        names = {"-b", "--bind"},
        required = true,
        paramLabel = "ADDR:PORT",
        description = "Where to listen.")
    @Nullable String bind;

    @Option(
        names = {"-p", "--port"},
        required = true,
        paramLabel = "PORT",
        description = "Listen on this port of all addresses, IPv4 and IPv6. Or $$PORT.")
    @Nullable Integer port;
  }

  @ArgGroup @Nullable Listen listen;

  @Option(
      names = {"-H", "--hosts"},
      paramLabel = "HOST:PORT,...",
      description = "The backends in order of preference. Or $$HOSTS.")
  @Nullable String hosts;

  @Option(
      names = {"-c", "--check-host"},
      paramLabel = "FILE",
      description = "Program that is given host:port and ends with 0 when it may be used.")
  @Nullable String checkHost;

  @Option(
      names = {"-f", "--on-failover"},
      paramLabel = "FILE|DIR",
      description =
          "Program, or directory of programs, run with host:port of a new primary before"
              + " clients are let in.")
  @Nullable String onFailover;

  @Option(
      names = {"-B", "--max-backoff"},
      paramLabel = "SECONDS",
      description =
          "Longest pause while no backend is usable; pauses begin at 1 s and double. Or"
              + " $$MAX_BACKOFF. Default: 60.")
  @Nullable String maxBackoff;
}
