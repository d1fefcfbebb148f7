package dev.holdfast.cli;

import dev.holdfast.cli.console.CommandFailed;
import dev.holdfast.cli.convert.BadConfiguration;
import dev.holdfast.cli.convert.Conversion;
import dev.holdfast.cli.failover.FlopsyContainer;
import dev.holdfast.cli.failover.FlopsyConversion;
import dev.holdfast.cli.failover.FlopsyFlags;
import dev.holdfast.cli.fallback.FallbackConversion;
import dev.holdfast.cli.fallback.FallbackFlags;
import dev.holdfast.cli.flipper.FlipperConversion;
import dev.holdfast.cli.flipper.FlipperFlags;
import dev.holdfast.cli.run.ManifestSource;
import dev.holdfast.cli.run.PidFile;
import dev.holdfast.cli.tcpffee.TcpffeeEnvironment;
import dev.holdfast.cli.tcpffee.TcpffeeFlags;
import dev.holdfast.cli.tcpffee.TcpffeeRun;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/** A tool whose command line is understood. */
enum ForeignTool {
  Flopsy("flopsy") {
    @Override
    Conversion convert(List<String> arguments) {
      var flags = new FlopsyFlags();
      parse(new CommandLine(flags), arguments);
      return FlopsyConversion.toKeep(flags, FlopsyContainer.ofProcess());
    }
  },
  TcpFallback("tcp_fallback") {
    @Override
    Conversion convert(List<String> arguments) {
      var flags = new FallbackFlags();
      parse(FallbackFlags.goStyle(new CommandLine(flags)), arguments);
      return FallbackConversion.toKeep(flags);
    }
  },
  Flipper("flipper") {
    @Override
    Conversion convert(List<String> arguments) {
      var flags = new FlipperFlags();
      parse(new CommandLine(flags), arguments);
      return FlipperConversion.of(flags, System.getenv());
    }
  },
  Tcpffee("tcpffee") {
    @Override
    Conversion convert(List<String> arguments) {
      return tcpffee(arguments).converted();
    }

    @Override
    ManifestSource source(List<String> arguments, CommandLine command) {
      try {
        return tcpffee(arguments).source();
      } catch (IllegalArgumentException e) {
        throw new ParameterException(command, this + ": " + e.getMessage(), e);
      }
    }

    @Override
    String logLevel() {
      return TcpffeeEnvironment.ofProcess().logLevel().orElse(super.logLevel());
    }

    @Override
    Optional<String> instance(List<String> arguments) {
      return tcpffee(arguments).instance();
    }

    @Override
    @Nullable PidFile pidFile() {
      return TcpffeeEnvironment.ofProcess().pidFile().map(TcpffeeRun::write).orElse(null);
    }

    private static TcpffeeRun tcpffee(List<String> arguments) {
      var flags = new TcpffeeFlags();
      parse(new CommandLine(flags), arguments);
      var environment = TcpffeeEnvironment.ofProcess();
      return new TcpffeeRun(flags.file(environment), environment);
    }
  };

  private static final Logger log = LoggerFactory.getLogger(ForeignTool.class);

  private final String program;

  ForeignTool(String program) {
    this.program = program;
  }

  /**
   * @param arguments as the tool takes them
   * @throws IllegalArgumentException says what the tool would not take
   */
  abstract Conversion convert(List<String> arguments);

  /**
   * What they stand for, to run it. What is different from the tool is logged.
   *
   * @throws ParameterException of the command, when the tool would not take the arguments
   * @throws CommandFailed when the tool would not take the file that they name
   */
  ManifestSource source(List<String> arguments, CommandLine command) {
    var conversion = convert(this, arguments, command);
    conversion.notes().forEach(log::warn);
    return new ManifestSource.Text(
        "what was converted from " + this, conversion.json(), conversion.secrets());
  }

  /** What is logged unless somebody says otherwise. */
  String logLevel() {
    return "info";
  }

  /**
   * What its configuration calls this process.
   *
   * @param arguments that it takes
   */
  Optional<String> instance(List<String> arguments) {
    return Optional.empty();
  }

  /** Writes the number of this process where the tool was told to; null for nowhere. */
  @Nullable PidFile pidFile() {
    return null;
  }

  /**
   * @throws ParameterException of the command, when the tool would not take the arguments
   * @throws CommandFailed when the tool would not take the file that they name
   */
  static Conversion convert(ForeignTool tool, List<String> arguments, CommandLine command) {
    try {
      return tool.convert(arguments);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command, tool + ": " + e.getMessage(), e);
    } catch (BadConfiguration e) {
      throw new CommandFailed(tool + ": " + e.getMessage(), e);
    }
  }

  private static void parse(CommandLine commandLine, List<String> arguments) {
    try {
      commandLine.parseArgs(arguments.toArray(String[]::new));
    } catch (ParameterException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  @Override
  public String toString() {
    return program;
  }

  /** For picocli. */
  static final class Converter implements ITypeConverter<ForeignTool> {

    @Override
    public ForeignTool convert(String text) {
      return Stream.of(values())
          .filter(tool -> tool.program.equals(text))
          .findFirst()
          .orElseThrow(() ->
              new TypeConversionException(
                  "expected %s, found '%s'; proxymgr is not there yet"
                      .formatted(
                          Stream.of(values())
                              .map(ForeignTool::toString)
                              .collect(Collectors.joining(" or ")),
                          text)));
    }
  }
}
