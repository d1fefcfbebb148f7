package dev.holdfast.dataplane.agreement.replica;

import dev.holdfast.dataplane.agreement.Incarnation;
import dev.holdfast.health.Health;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What replicas tell each other beside the log. Each may be lost, come late, or come twice. */
public sealed interface ReplicaMessage {

  /**
   * To whoever leads: what a member found out about backends.
   *
   * @param serial counts what this process of the member has cast
   * @param age of the oldest verdict, by the voter's clock when it sent them
   */
  record Verdicts(Incarnation voter, long serial, Map<String, Health> verdicts, Duration age)
      implements ReplicaMessage {
    public Verdicts {
      verdicts = Map.copyOf(verdicts);
    }
  }

  /** To whoever leads: a client could not be connected to the primary of this epoch. */
  record ConnectFailed(long epoch) implements ReplicaMessage {}

  /**
   * To whoever leads: a person asks for another primary.
   *
   * @param force whether votes are waited for
   */
  record SwitchWished(String to, boolean force) implements ReplicaMessage {}

  /** To all: try these backends now, and tell your verdicts. */
  record AskVerdicts(List<String> backends) implements ReplicaMessage {
    public AskVerdicts {
      backends = List.copyOf(backends);
    }
  }
}
