package dev.holdfast.cli;

import dev.holdfast.cli.console.CommandFailed;
import dev.holdfast.cli.console.LogOptions;
import dev.holdfast.cli.convert.Conversion;
import dev.holdfast.cli.fallback.FallbackConversion;
import dev.holdfast.cli.fallback.FallbackFlags;
import dev.holdfast.cli.fallback.FallbackRun;
import dev.holdfast.cli.run.ListenAddress;
import dev.holdfast.cli.run.ManifestSource;
import dev.holdfast.cli.run.RunSettings;
import dev.holdfast.cli.run.RunSettings.Relaying;
import dev.holdfast.dataplane.relay.transport.Transport;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "fallback",
    sortOptions = false,
    customSynopsis = "holdfast fallback [FLAG...] LOCAL REMOTE...",
    description = {
      "Does what tcp_fallback does, from its flags, until SIGTERM or SIGINT.",
      "",
      "Listens on LOCAL, an ADDR:PORT, and connects each client to the first of the REMOTEs, each"
          + " a HOST:PORT, that is there. Flags stand before the addresses, with one dash or two,"
          + " as -flag VALUE or -flag=VALUE.",
      "",
      "The first signal lets connections end, for 30 s at most, the second one cuts them; the exit"
          + " code is 0 either way.",
      ""
    })
final class FallbackCommand implements Callable<Integer> {

  @Mixin private FallbackFlags flags = new FallbackFlags();

  @Option(names = "-print", description = "Print the manifest that says the same, and end.")
  private boolean print;

  @Option(
      names = "-admin",
      paramLabel = "ADDR:PORT|none",
      defaultValue = "none",
      converter = ListenAddress.Converter.class,
      description = "Where the admin interface listens. Default: ${DEFAULT-VALUE}.")
  private ListenAddress admin = new ListenAddress(null);

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    if (!flags.complete()) {
      spec.commandLine().usage(spec.commandLine().getErr());
      return 1;
    }
    if (print) {
      LogOptions.quiet();
      PrintedManifest.of(conversion(true)).to(spec.commandLine().getOut());
      return 0;
    }
    var conversion = conversion(false);
    return FallbackRun.run(flags, conversion.notes(), settings(conversion));
  }

  private Conversion conversion(boolean toKeep) {
    try {
      return toKeep ? FallbackConversion.toKeep(flags) : FallbackConversion.of(flags);
    } catch (IllegalArgumentException e) {
      throw new CommandFailed(String.valueOf(e.getMessage()), e);
    }
  }

  private RunSettings settings(Conversion conversion) {
    return RunSettings.local(
        new ManifestSource.Text("the flags", conversion.json()),
        new Relaying(flags.eventLoops(), Transport.Choice.Auto, flags.logsEachConnection()),
        admin,
        ProgramVersion.number());
  }
}
