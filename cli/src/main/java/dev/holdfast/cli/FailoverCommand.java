package dev.holdfast.cli;

import dev.holdfast.cli.console.LogOptions;
import dev.holdfast.cli.convert.Conversion;
import dev.holdfast.cli.failover.FlopsyContainer;
import dev.holdfast.cli.failover.FlopsyConversion;
import dev.holdfast.cli.failover.FlopsyFlags;
import dev.holdfast.cli.run.ListenAddress;
import dev.holdfast.cli.run.LocalRun;
import dev.holdfast.cli.run.ManifestSource;
import dev.holdfast.cli.run.RunSettings;
import dev.holdfast.cli.run.RunSettings.Relaying;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "failover",
    sortOptions = false,
    description = {
      "Does what flopsy does, from flopsy's flags, until SIGTERM or SIGINT.",
      "",
      "Without -H it takes what flopsy's container takes: $$HOSTS, $$PORT, $$MAX_BACKOFF,"
          + " /etc/flopsy/check-host.sh and /etc/flopsy/triggers.d.",
      "",
      "The first signal lets connections end, for 30 s at most, the second one cuts them; the exit"
          + " code is 0 either way.",
      ""
    })
final class FailoverCommand implements Callable<Integer> {

  @Mixin private FlopsyFlags flags = new FlopsyFlags();

  @Option(names = "--print", description = "Print the manifest that says the same, and end.")
  private boolean print;

  @Option(
      names = "--admin",
      paramLabel = "ADDR:PORT|none",
      defaultValue = "none",
      converter = ListenAddress.Converter.class,
      description = "Where the admin interface listens. Default: ${DEFAULT-VALUE}.")
  private ListenAddress admin = new ListenAddress(null);

  @Option(names = "--access-log", description = "Log each connection at its end.")
  private boolean accessLog;

  @Mixin private CommandSpec log = LogOptions.spec();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    if (print) {
      LogOptions.quiet();
      PrintedManifest.of(converted(FlopsyConversion::toKeep)).to(spec.commandLine().getOut());
      return 0;
    }
    var conversion = converted(FlopsyConversion::of);
    LogOptions.of(log).apply();
    var logger = LoggerFactory.getLogger(FailoverCommand.class);
    conversion.notes().forEach(logger::info);
    try (var run = LocalRun.start(settings(conversion))) {
      run.listenToSignals();
      run.untilStopped();
      return 0;
    }
  }

  private Conversion converted(BiFunction<FlopsyFlags, FlopsyContainer, Conversion> conversion) {
    try {
      return conversion.apply(flags, FlopsyContainer.ofProcess());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private RunSettings settings(Conversion conversion) {
    return RunSettings.local(
        new ManifestSource.Text("the flags", conversion.json()),
        Relaying.standard(accessLog),
        admin,
        ProgramVersion.number());
  }
}
