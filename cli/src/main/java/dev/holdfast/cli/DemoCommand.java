package dev.holdfast.cli;

import dev.holdfast.api.GatewayDuration;
import dev.holdfast.cli.console.LogOptions;
import dev.holdfast.cli.demo.Demo;
import dev.holdfast.cli.run.ListenAddress;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

@Command(
    name = "demo",
    description = {
      "Runs the example in front of sample backends in this process, and shows a failover.",
      ""
    })
final class DemoCommand implements Callable<Integer> {
  private static final int MAX_PORT = 65_535;

  @Option(
      names = "--for",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description = "End by itself, after 10s or 5m, say. Default: until quit, SIGTERM or SIGINT.")
  private @Nullable Duration time;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description =
          "Where clients connect, on loopback; 0: any free port. Default: the example's, or another"
              + " one if it is taken.")
  private @Nullable Integer port;

  @Option(
      names = "--admin",
      paramLabel = "ADDR:PORT|none",
      defaultValue = "127.0.0.1:2340",
      converter = ListenAddress.Converter.class,
      description =
          "Where the admin interface listens; another port if it is taken."
              + " Default: ${DEFAULT-VALUE}.")
  private ListenAddress admin = new ListenAddress(null);

  @Mixin private CommandSpec log = LogOptions.spec();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    if (port != null && (port < 0 || port > MAX_PORT)) {
      throw new ParameterException(
          spec.commandLine(), "--port: expected 0 to " + MAX_PORT + ", found " + port);
    }
    LogOptions.of(log).applyQuietly();
    return new Demo(spec.commandLine().getOut(), port, admin, ProgramVersion.number()).run(time);
  }

  static final class DurationConverter implements ITypeConverter<Duration> {

    @Override
    public Duration convert(String text) {
      try {
        return GatewayDuration.parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}
