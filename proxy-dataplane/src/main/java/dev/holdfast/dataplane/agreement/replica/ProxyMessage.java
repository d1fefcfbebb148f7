package dev.holdfast.dataplane.agreement.replica;

import dev.holdfast.dataplane.agreement.Incarnation;
import dev.holdfast.dataplane.agreement.MemberId;
import dev.holdfast.health.Health;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the replicas of a FailoverProxy tell each other beside the log. */
public sealed interface ProxyMessage extends ReplicaMessage {

  @Override
  default Optional<MemberId> author() {
    return this instanceof Verdicts verdicts
        ? Optional.of(verdicts.voter().member())
        : Optional.empty();
  }

  /**
   * To whoever leads: what a member found out about backends.
   *
   * @param serial counts what this process of the member has cast
   * @param age of the oldest verdict, by the voter's clock when it sent them
   */
  record Verdicts(Incarnation voter, long serial, Map<String, Health> verdicts, Duration age)
      implements ProxyMessage {
    public Verdicts {
      verdicts = Map.copyOf(verdicts);
    }
  }

  /** To whoever leads: a client could not be connected to the primary of this epoch. */
  record ConnectFailed(long epoch) implements ProxyMessage {}

  /**
   * To whoever leads: a person asks for another primary.
   *
   * @param force whether votes are waited for
   */
  record SwitchWished(String to, boolean force) implements ProxyMessage {}

  /** To all: try these backends now, and tell your verdicts. */
  record AskVerdicts(List<String> backends) implements ProxyMessage {
    public AskVerdicts {
      backends = List.copyOf(backends);
    }
  }
}
