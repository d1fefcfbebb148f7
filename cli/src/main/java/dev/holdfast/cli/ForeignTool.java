package dev.holdfast.cli;

import dev.holdfast.cli.console.CommandFailed;
import dev.holdfast.cli.convert.Conversion;
import dev.holdfast.cli.failover.FlopsyContainer;
import dev.holdfast.cli.failover.FlopsyConversion;
import dev.holdfast.cli.failover.FlopsyFlags;
import dev.holdfast.cli.fallback.FallbackConversion;
import dev.holdfast.cli.fallback.FallbackFlags;
import dev.holdfast.cli.flipper.BadConfiguration;
import dev.holdfast.cli.flipper.FlipperConversion;
import dev.holdfast.cli.flipper.FlipperFlags;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
  };

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
                  "expected %s, found '%s'; tcpffee and proxymgr are not there yet"
                      .formatted(
                          Stream.of(values())
                              .map(ForeignTool::toString)
                              .collect(Collectors.joining(" or ")),
                          text)));
    }
  }
}
