package dev.holdfast.cli;

import dev.holdfast.cli.console.CommandFailed;
import dev.holdfast.cli.console.LogOptions;
import dev.holdfast.cli.run.HostName;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/**
 * Options only: {@link OperatorProcess} is loaded when it is needed, because the data plane's image
 * has no operator.
 */
@Command(
    name = "operator",
    description = {"Runs the operator, until SIGTERM or SIGINT. The cluster is $KUBECONFIG's.", ""})
final class OperatorCommand implements Callable<Integer> {
  private static final String OPERATOR = "dev.holdfast.operator.HoldfastOperator";

  @Option(
      names = "--dataplane-image",
      required = true,
      paramLabel = "IMAGE",
      description = "Image of data-plane pods whose resource names none.")
  String dataPlaneImage = "";

  @Option(
      names = "--watch-namespaces",
      split = ",",
      paramLabel = "NAMESPACE",
      description = "Whose resources are reconciled. Default: those of all namespaces.")
  Set<String> watchNamespaces = Set.of();

  @Option(
      names = "--namespace",
      paramLabel = "NAME",
      defaultValue = "${env:POD_NAMESPACE:-default}",
      description = "Where the operator runs. Default: $POD_NAMESPACE, else default.")
  String namespace = "default";

  @Option(
      names = "--identity",
      paramLabel = "NAME",
      defaultValue = "${env:POD_NAME}",
      description = "Name among several operators. Default: $POD_NAME, else the host's name.")
  @Nullable String identity;

  @Option(
      names = "--lease",
      paramLabel = "NAME",
      defaultValue = "",
      description = "The Lease by which one of several leads. Default: none, this one leads.")
  String lease = "";

  @Option(
      names = "--allowed-hetzner-endpoints",
      split = ",",
      paramLabel = "URL",
      defaultValue = "https://api.hetzner.cloud/v1",
      description =
          "Hetzner APIs that a FloatingIpGroup may name: its token is sent there. Default:"
              + " ${DEFAULT-VALUE}.")
  Set<String> allowedHetznerEndpoints = Set.of();

  @Option(
      names = "--health-port",
      paramLabel = "PORT",
      defaultValue = "8081",
      description = "Port of /healthz and /readyz. Default: ${DEFAULT-VALUE}.")
  int healthPort;

  @Option(
      names = "--metrics-port",
      paramLabel = "PORT",
      defaultValue = "8080",
      description = "Port of /metrics. Default: ${DEFAULT-VALUE}.")
  int metricsPort;

  @Option(
      names = "--metrics-token-file",
      paramLabel = "FILE",
      description = "Holds the token that readers of /metrics send; without it, loopback only.")
  @Nullable Path metricsTokenFile;

  @Mixin private CommandSpec log = LogOptions.spec();

  @Override
  public Integer call() {
    LogOptions.of(log).apply();
    try {
      Class.forName(OPERATOR, false, OperatorCommand.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new CommandFailed(
          "this program was packed without the operator; use the operator's image", e);
    }
    return OperatorProcess.run(this);
  }

  /** An empty value, as a chart may give, names no namespace. */
  Set<String> namespaces() {
    var named = new TreeSet<>(watchNamespaces);
    named.remove("");
    return named;
  }

  String identity() {
    return identity != null && !identity.isEmpty() ? identity : HostName.local();
  }
}
