package dev.holdfast.floatingip.plan;

import java.time.Instant;

/** Why a floating IP is left as it is. */
public sealed interface KeepReason extends Reason {

  @Override
  default String name() {
    return getClass().getSimpleName();
  }

  /** It points where the plan wants it. */
  record InPlace() implements KeepReason {
    @Override
    public String sentence() {
      return "it is where it belongs";
    }
  }

  /** It points at a server that is not of the group: it is somebody else's. */
  record ForeignServer(long server) implements KeepReason {
    @Override
    public String sentence() {
      return "it points at server " + server + ", which is not of the group";
    }
  }

  /** Neither its location nor its network zone has a server that it could point at. */
  record NoCandidateInZone(String networkZone) implements KeepReason {
    @Override
    public String sentence() {
      return "network zone " + networkZone + " has no server for it";
    }
  }

  /** The health of its server, or of all servers that are not unhealthy, is not known. */
  record HealthUnknown() implements KeepReason {
    @Override
    public String sentence() {
      return "not all checks have reported";
    }
  }

  /** No server is healthy, and that shall change nothing. */
  record AllUnhealthy() implements KeepReason {
    @Override
    public String sentence() {
      return "no server is healthy";
    }
  }

  /** It could be better placed, but works; candidates must have stayed the same for a while. */
  record AwaitsStability(Instant until) implements KeepReason {
    @Override
    public String sentence() {
      return "it works where it is; it is moved at " + until + " if no server changes before";
    }
  }

  /** It could be better placed, but works, and the policy is to leave it then. */
  record RebalanceNever() implements KeepReason {
    @Override
    public String sentence() {
      return "it works where it is";
    }
  }
}
