package dev.holdfast.cli;

import dev.holdfast.api.GatewayDuration;
import dev.holdfast.cli.client.ClientOptions;
import dev.holdfast.cli.client.Switchover;
import dev.holdfast.cli.console.LogOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

@Command(
    name = "switch",
    description = {
      "Makes another backend the primary of a running data plane, and waits until it is.",
      "",
      "A backend that is not usable is refused, and the primary stays. On a cluster, annotate the"
          + " resource with holdfast.dev/switch-to=NAME instead.",
      ""
    })
final class SwitchCommand implements Callable<Integer> {

  @Parameters(paramLabel = "NAME", description = "The backend that is to be the primary.")
  private String backend = "";

  @Option(
      names = "--force",
      description = "Take it even when it does not look usable, or another change is under way.")
  private boolean force;

  @Option(
      names = "--resource",
      paramLabel = "NAMESPACE/NAME",
      description = "Of which FailoverProxy. Default: the only one.")
  private @Nullable String resource;

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      defaultValue = "1m",
      converter = DurationText.class,
      description = "How long to wait, hooks included. Default: ${DEFAULT-VALUE}.")
  private Duration timeout = Duration.ofMinutes(1);

  @Mixin private ClientOptions access = new ClientOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException, InterruptedException {
    LogOptions.quiet();
    var result = new Switchover(access.client(), backend, force, timeout).run(resource);
    spec.commandLine().getOut().println(result);
    return 0;
  }

  private static final class DurationText implements ITypeConverter<Duration> {

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
