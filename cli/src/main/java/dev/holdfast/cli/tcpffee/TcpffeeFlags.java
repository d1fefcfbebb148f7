package dev.holdfast.cli.tcpffee;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which configuration of tcpffee's to take; tcpffee itself has no flags. */
@Command(name = "tcpffee")
public final class TcpffeeFlags {

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description =
          "tcpffee's configuration. Default: $$TCPFFEE_CONFIG_PATH, else"
              + " /etc/tcpffee/tcpffee.toml.")
  @Nullable Path config;

  @Parameters(arity = "0..1", paramLabel = "FILE", description = "The same.")
  @Nullable Path file;

  /**
   * @throws IllegalArgumentException when two files are named
   */
  public Path file(TcpffeeEnvironment environment) {
    if (config != null && file != null) {
      throw new IllegalArgumentException(
          "expected one configuration file, found %s and %s".formatted(config, file));
    }
    return config != null ? config : file != null ? file : environment.configuration();
  }
}
