package dev.holdfast.cli;

import dev.holdfast.cli.console.LogOptions;
import dev.holdfast.cli.run.HostName;
import dev.holdfast.cli.run.LocalRun;
import dev.holdfast.cli.run.ManifestFiles;
import dev.holdfast.cli.run.ManifestSource;
import dev.holdfast.cli.run.RunSettings;
import dev.holdfast.cli.run.RunSettings.AdminAccess;
import dev.holdfast.cli.run.RunSettings.Identity;
import dev.holdfast.cli.run.RunSettings.Relaying;
import dev.holdfast.dataplane.runtime.replica.PodPeers;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** Declared without annotations, as {@link Holdfast} is. */
final class RunCommand implements Callable<Integer> {
  private static final String[] DESCRIPTION = {
    "Runs the resources in the manifests here, without Kubernetes, until SIGTERM or SIGINT.",
    "",
    "Changed files are applied at once, and on SIGHUP or SIGUSR1; a bad one is refused with all"
        + " its problems, and what ran before goes on. The first SIGTERM ends this"
        + " when the last connection has ended, the second one cuts what is left.",
    ""
  };

  private final RunOptions options = new RunOptions();
  private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this);

  private RunCommand() {
    spec.name("run").usageMessage().description(DESCRIPTION);
    options.addTo(spec).addMixin("log", LogOptions.spec());
  }

  static CommandSpec spec() {
    return new RunCommand().spec;
  }

  @Override
  public Integer call() {
    ForeignTool from = options.from.getValue();
    List<String> arguments = options.arguments.getValue();
    LogOptions.of(spec).apply(from == null ? "info" : from.logLevel());
    try (var run = LocalRun.start(settings(from, arguments));
        var _ = from == null ? null : from.pidFile()) {
      run.listenToSignals();
      return run.untilStopped();
    }
  }

  private RunSettings settings(@Nullable ForeignTool from, List<String> arguments) {
    var source = source(from, arguments);
    boolean validated = options.validated.getValue();
    Integer probePort = options.probePort.getValue();
    return new RunSettings(
        source,
        validated || source instanceof ManifestSource.Text,
        new Relaying(0, options.transport.getValue(), options.accessLog.getValue()),
        new AdminAccess(
            options.admin.getValue(),
            probePort == null ? OptionalInt.empty() : OptionalInt.of(probePort),
            options.tokenFile.getValue()),
        new Identity(instance(from, arguments), options.tlsDir.getValue(), pods()),
        options.stateDir.getValue(),
        options.references.getValue(),
        ProgramVersion.number());
  }

  private ManifestSource source(@Nullable ForeignTool from, List<String> arguments) {
    return from == null
        ? new ManifestSource.Files(new ManifestFiles(arguments.stream().map(Path::of).toList()))
        : from.source(arguments, spec.commandLine());
  }

  private String instance(@Nullable ForeignTool from, List<String> arguments) {
    String instance = options.instance.getValue();
    if (instance != null) {
      return instance;
    }
    return Optional.ofNullable(from)
        .flatMap(tool -> tool.instance(arguments))
        .orElseGet(HostName::local);
  }

  private @Nullable PodPeers pods() {
    String service = options.peerService.getValue();
    return service == null ? null : new PodPeers(service, options.peerPort.getValue());
  }
}
