package dev.holdfast.cli;

import dev.holdfast.cli.console.LogOptions;
import dev.holdfast.cli.run.HostName;
import dev.holdfast.cli.run.ListenAddress;
import dev.holdfast.cli.run.LocalRun;
import dev.holdfast.cli.run.ManifestFiles;
import dev.holdfast.cli.run.ManifestSource;
import dev.holdfast.cli.run.RunSettings;
import dev.holdfast.dataplane.relay.Transport;
import dev.holdfast.dataplane.runtime.PodPeers;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "run",
    description = {
      "Runs the resources in the manifests here, without Kubernetes, until SIGTERM or SIGINT.",
      "",
      "Changed files are applied at once, and on SIGHUP or SIGUSR1; a bad one is refused with all"
          + " its problems, and what ran before goes on. The first SIGTERM ends this"
          + " when the last connection has ended, the second one cuts what is left.",
      ""
    })
final class RunCommand implements Callable<Integer> {

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "Manifests, YAML or JSON; a directory stands for the manifests in it.")
  private List<String> arguments = List.of();

  @Option(
      names = "--from",
      paramLabel = "TOOL",
      converter = ForeignTool.Converter.class,
      description = {
        "Run flags of flopsy or tcp_fallback, which take the place of FILE, without their log,"
            + " signals and exit codes; 'failover' and 'fallback' have those, too. Or run"
            + " flipper's or tcpffee's configuration FILE."
      })
  private @Nullable ForeignTool from;

  @Option(
      names = "--admin",
      paramLabel = "ADDR:PORT|none",
      converter = ListenAddress.Converter.class,
      description = {
        "Where the admin interface listens.",
        "Default: as spec.admin of the manifests says, else 127.0.0.1:2340."
      })
  private @Nullable ListenAddress admin;

  @Option(
      names = "--probe-port",
      paramLabel = "PORT",
      description = "Serve /healthz and /readyz, and nothing else, on this port of all addresses.")
  private @Nullable Integer probePort;

  @Option(
      names = "--tls-dir",
      paramLabel = "DIR",
      description =
          "Holds ca.crt, tls.crt and tls.key: the admin interface speaks TLS only, and so do data"
              + " planes that agree with each other.")
  private @Nullable Path tlsDir;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description =
          "Lines 'read TOKEN', 'report-unhealthy TOKEN' and 'admin TOKEN': who may use the admin"
              + " interface.")
  private @Nullable Path tokenFile;

  @Option(
      names = "--access-log",
      defaultValue = "${env:HOLDFAST_ACCESS_LOG:-false}",
      description = "Log a line for each connection at its end. Default: $HOLDFAST_ACCESS_LOG.")
  private boolean accessLog;

  @Option(
      names = "--state-dir",
      paramLabel = "DIR",
      description =
          "Write down who is primary, to go on from there after a restart: a hook that had ended"
              + " is not run again. Data planes that agree keep their log here. Default: choose"
              + " anew.")
  private @Nullable Path stateDir;

  @Option(
      names = "--refs",
      paramLabel = "DIR",
      description = "Holds what manifests refer to: secrets/NAME/KEY and configmaps/NAME/KEY.")
  private @Nullable Path references;

  @Option(
      names = "--instance",
      paramLabel = "NAME",
      description =
          "What status, metrics and spec.peers call this process. Default: the host's name; for"
              + " tcpffee the peer with a MAC address of this machine.")
  private @Nullable String instance;

  @Option(
      names = "--peer-service",
      paramLabel = "NAME",
      description =
          "In a pod: the headless Service under which the other pods of the StatefulSet are found,"
              + " to agree with.")
  private @Nullable String peerService;

  @Option(
      names = "--peer-port",
      paramLabel = "PORT",
      description = "In a pod: where pods listen for each other. Default: ${DEFAULT-VALUE}.")
  private int peerPort = PodPeers.PORT;

  @Option(
      names = "--validated",
      description = "The API server has checked the manifests: do not evaluate the rules again.")
  private boolean validated;

  @Option(
      names = "--transport",
      paramLabel = "Auto|Splice|Copy",
      defaultValue = "Auto",
      description =
          "How bytes are moved: in the kernel (Splice: Linux), or through buffers (Copy)."
              + " Default: ${DEFAULT-VALUE}, the first that can be.")
  private Transport.Choice transport = Transport.Choice.Auto;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private LogOptions log = new LogOptions();

  @Override
  public Integer call() {
    log.apply(from == null ? "info" : from.logLevel());
    var source = source();
    var settings =
        new RunSettings(
            source,
            validated || source instanceof ManifestSource.Text,
            0,
            admin,
            probePort == null ? OptionalInt.empty() : OptionalInt.of(probePort),
            tlsDir,
            tokenFile,
            accessLog,
            stateDir,
            references,
            instance(),
            peerService == null ? null : new PodPeers(peerService, peerPort),
            transport,
            ProgramVersion.number());
    try (var run = LocalRun.start(settings);
        var _ = from == null ? null : from.pidFile()) {
      run.listenToSignals();
      return run.untilStopped();
    }
  }

  private String instance() {
    if (instance != null) {
      return instance;
    }
    return Optional.ofNullable(from)
        .flatMap(tool -> tool.instance(arguments))
        .orElseGet(HostName::local);
  }

  private ManifestSource source() {
    return from == null
        ? new ManifestSource.Files(new ManifestFiles(arguments.stream().map(Path::of).toList()))
        : from.source(arguments, spec.commandLine());
  }
}
