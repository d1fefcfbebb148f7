package dev.holdfast.operator;

import dev.holdfast.operator.floatingipgroup.AllowedEndpoints;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * How the operator runs.
 *
 * @param namespaces whose resources are reconciled; empty: all of the cluster
 * @param dataPlaneImage image of data-plane pods whose resource names none
 * @param operatorNamespace where the operator runs: only from there its pods' admin ports are open
 * @param identity of this process among several, such as its pod's name
 * @param leaderElection name of the Lease in {@code operatorNamespace}; empty: no election
 * @param hetznerEndpoints where API tokens of FloatingIpGroups may be sent
 * @param healthPort of {@code /healthz} and {@code /readyz}, on all addresses; 0: any free port
 * @param metricsPort of {@code /metrics}; 0: any free port
 * @param metricsTokenFile whoever reads metrics must send what it holds; without it they can be
 *     read on the loopback address only
 */
public record OperatorOptions(
    Set<String> namespaces,
    String dataPlaneImage,
    String operatorNamespace,
    String identity,
    Optional<String> leaderElection,
    AllowedEndpoints hetznerEndpoints,
    int healthPort,
    int metricsPort,
    Optional<Path> metricsTokenFile) {

  public OperatorOptions {
    namespaces = Set.copyOf(namespaces);
  }
}
