package dev.holdfast.dataplane.runtime.proxy;

import dev.holdfast.dataplane.failover.Outcome;
import dev.holdfast.dataplane.failover.Reason;
import dev.holdfast.dataplane.relay.RelayEvents.ConnectFailure;
import dev.holdfast.health.probe.ProbeResult;

/** How probes and clients' connects ended, in the words of the decision. */
final class Outcomes {
  private Outcomes() {}

  static Outcome of(ProbeResult result) {
    return switch (result) {
      case ProbeResult.Success _ -> new Outcome.Connected();
      case ProbeResult.Failure(var kind, var message) ->
          switch (kind) {
            case Refused -> new Outcome.Failed(Reason.ConnectRefused, message);
            case Timeout -> new Outcome.Failed(Reason.ConnectTimeout, message);
            case UnknownHost -> new Outcome.Failed(Reason.UnknownHost, message);
            case Unfit -> new Outcome.Failed(Reason.CheckFailed, message);
            case Other -> new Outcome.Failed(Reason.ConnectFailed, message);
            case NotAsked -> new Outcome.NotAsked(message);
          };
    };
  }

  static Outcome.Failed of(ConnectFailure failure) {
    return new Outcome.Failed(
        switch (failure.kind()) {
          case Refused -> Reason.ConnectRefused;
          case Timeout -> Reason.ConnectTimeout;
          case UnknownHost -> Reason.UnknownHost;
          case Other -> Reason.ConnectFailed;
        },
        failure.message());
  }
}
