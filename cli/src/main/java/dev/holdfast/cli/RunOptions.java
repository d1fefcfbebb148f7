package dev.holdfast.cli;

import dev.holdfast.cli.run.ListenAddress;
import dev.holdfast.dataplane.relay.transport.Transport;
import dev.holdfast.dataplane.runtime.replica.PodPeers;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** What {@code run} takes; the values are there when it has been parsed. */
final class RunOptions {

  final PositionalParamSpec arguments =
      PositionalParamSpec.builder()
          .arity("1..*")
          .required(true)
          .paramLabel("FILE")
          .type(List.class)
          .auxiliaryTypes(String.class)
          .description("Manifests, YAML or JSON; a directory stands for the manifests in it.")
          .build();

  /** Without candidates for completion, which would load all those tools. */
  final OptionSpec from =
      OptionSpec.builder("--from")
          .paramLabel("TOOL")
          .type(ForeignTool.class)
          .converters(new ForeignTool.Converter())
          .completionCandidates(List.of())
          .description(
              "Run flags of flopsy or tcp_fallback, which take the place of FILE, without their"
                  + " log, signals and exit codes; 'failover' and 'fallback' have those, too. Or"
                  + " run flipper's or tcpffee's configuration FILE.")
          .build();

  final OptionSpec admin =
      OptionSpec.builder("--admin")
          .paramLabel("ADDR:PORT|none")
          .type(ListenAddress.class)
          .converters(new ListenAddress.Converter())
          .description(
              "Where the admin interface listens.",
              "Default: as spec.admin of the manifests says, else 127.0.0.1:2340.")
          .build();

  final OptionSpec probePort =
      OptionSpec.builder("--probe-port")
          .paramLabel("PORT")
          .type(Integer.class)
          .description(
              "Serve /healthz and /readyz, and nothing else, on this port of all addresses.")
          .build();

  final OptionSpec tlsDir =
      OptionSpec.builder("--tls-dir")
          .paramLabel("DIR")
          .type(Path.class)
          .description(
              "Holds ca.crt, tls.crt and tls.key: the admin interface speaks TLS only, and so do"
                  + " data planes that agree with each other.")
          .build();

  final OptionSpec tokenFile =
      OptionSpec.builder("--token-file")
          .paramLabel("FILE")
          .type(Path.class)
          .description(
              "Lines 'read TOKEN', 'report-unhealthy TOKEN' and 'admin TOKEN': who may use the"
                  + " admin interface.")
          .build();

  final OptionSpec accessLog =
      OptionSpec.builder("--access-log")
          .type(boolean.class)
          .defaultValue("${env:HOLDFAST_ACCESS_LOG:-false}")
          .fallbackValue("true")
          .description("Log a line for each connection at its end. Default: $HOLDFAST_ACCESS_LOG.")
          .build();

  final OptionSpec stateDir =
      OptionSpec.builder("--state-dir")
          .paramLabel("DIR")
          .type(Path.class)
          .description(
              "Write down who is primary, to go on from there after a restart: a hook that had"
                  + " ended is not run again. Data planes that agree keep their log here. Default:"
                  + " choose anew.")
          .build();

  final OptionSpec references =
      OptionSpec.builder("--refs")
          .paramLabel("DIR")
          .type(Path.class)
          .description("Holds what manifests refer to: secrets/NAME/KEY and configmaps/NAME/KEY.")
          .build();

  final OptionSpec instance =
      OptionSpec.builder("--instance")
          .paramLabel("NAME")
          .type(String.class)
          .description(
              "What status, metrics and spec.peers call this process. Default: the host's name;"
                  + " for tcpffee the peer with a MAC address of this machine.")
          .build();

  final OptionSpec peerService =
      OptionSpec.builder("--peer-service")
          .paramLabel("NAME")
          .type(String.class)
          .description(
              "In a pod: the headless Service under which the other pods of the StatefulSet are"
                  + " found, to agree with.")
          .build();

  final OptionSpec peerPort =
      OptionSpec.builder("--peer-port")
          .paramLabel("PORT")
          .type(int.class)
          .initialValue(PodPeers.PORT)
          .description("In a pod: where pods listen for each other. Default: ${DEFAULT-VALUE}.")
          .build();

  final OptionSpec validated =
      OptionSpec.builder("--validated")
          .type(boolean.class)
          .initialValue(false)
          .description("The API server has checked the manifests: do not evaluate the rules again.")
          .build();

  final OptionSpec transport =
      OptionSpec.builder("--transport")
          .paramLabel("Auto|Splice|Copy")
          .type(Transport.Choice.class)
          .defaultValue("Auto")
          .description(
              "How bytes are moved: in the kernel (Splice: Linux), or through buffers (Copy)."
                  + " Default: ${DEFAULT-VALUE}, the first that can be.")
          .build();

  /** Lets a command take them. */
  CommandSpec addTo(CommandSpec command) {
    List.of(
            from,
            admin,
            probePort,
            tlsDir,
            tokenFile,
            accessLog,
            stateDir,
            references,
            instance,
            peerService,
            peerPort,
            validated,
            transport)
        .forEach(command::addOption);
    return command.addPositional(arguments);
  }
}
