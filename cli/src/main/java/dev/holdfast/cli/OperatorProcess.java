package dev.holdfast.cli;

import dev.holdfast.cli.run.ProcessSignals;
import dev.holdfast.operator.HoldfastOperator;
import dev.holdfast.operator.OperatorOptions;
import dev.holdfast.operator.floatingipgroup.AllowedEndpoints;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The only class that needs the operator's jars. */
final class OperatorProcess {
  private OperatorProcess() {}

  /** Runs until a signal or until the operator cannot go on; returns the exit code. */
  static int run(OperatorCommand command) {
    var stop = new CompletableFuture<Void>();
    for (var signal : new String[] {"TERM", "INT"}) {
      ProcessSignals.on(signal, () -> stop.complete(null));
    }
    var options =
        new OperatorOptions(
            command.namespaces(),
            command.dataPlaneImage,
            command.namespace,
            command.identity(),
            Optional.of(command.lease).filter(lease -> !lease.isEmpty()),
            AllowedEndpoints.of(command.allowedHetznerEndpoints),
            command.healthPort,
            command.metricsPort,
            Optional.ofNullable(command.metricsTokenFile));
    return switch (HoldfastOperator.run(options, stop)) {
      case Stopped -> 0;
      case Failed -> 1;
    };
  }
}
