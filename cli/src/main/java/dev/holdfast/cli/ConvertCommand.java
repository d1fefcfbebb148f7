package dev.holdfast.cli;

import static java.util.Objects.requireNonNull;

import dev.holdfast.cli.console.LogOptions;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "convert",
    description = {
      "Prints the manifest that does what another tool's command line or configuration does.",
      "",
      "What is different, or could not be carried over, stands above it as comments. The manifest"
          + " is for 'holdfast run' and for 'kubectl apply'. Example:",
      "",
      "  holdfast convert --from flopsy -p 5432 -H pg-0:5432,pg-1:5432",
      "  holdfast convert --from flipper /etc/flipper/flipper.yaml",
      "  holdfast convert --from tcpffee /etc/tcpffee/tcpffee.toml",
      ""
    })
final class ConvertCommand implements Callable<Integer> {

  @Option(
      names = "--from",
      required = true,
      paramLabel = "TOOL",
      converter = ForeignTool.Converter.class,
      description = "flopsy, tcp_fallback, flipper or tcpffee.")
  private @Nullable ForeignTool from;

  @Parameters(
      arity = "0..*",
      paramLabel = "FLAG|FILE",
      description = "The tool's own flags and arguments, or its configuration.")
  private List<String> flags = List.of();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    LogOptions.quiet();
    var conversion = ForeignTool.convert(requireNonNull(from), flags, spec.commandLine());
    PrintedManifest.of(conversion).to(spec.commandLine().getOut());
    return 0;
  }
}
