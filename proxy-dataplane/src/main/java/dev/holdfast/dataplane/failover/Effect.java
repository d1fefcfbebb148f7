package dev.holdfast.dataplane.failover;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What is to be done. Effects of one step are carried out in their order. */
public sealed interface Effect {

  /** Try to connect; answer with {@link FailoverEvent.ProbeAnswered} of the same number. */
  record Probe(long probe, Candidate backend) implements Effect {}

  /**
   * Run the hooks for a chosen primary; answer with {@link FailoverEvent.HooksEnded}.
   *
   * @param left the primary before; null when there was none
   */
  record RunHooks(long epoch, Reason reason, Candidate backend, @Nullable String left)
      implements Effect {}

  /** The choice was given up: end what still runs for it. No answer is needed. */
  record CancelHooks(long epoch) implements Effect {}

  /** From now on no client goes anywhere. */
  record Withdraw() implements Effect {}

  /** Write the primary down where others read it, before any client is admitted to it. */
  record RecordPrimary(Primary primary) implements Effect {}

  /** From now on new clients go to this primary, and to no other. */
  record Admit(Primary primary) implements Effect {}

  /** Cut the connections that were made under older epochs, after a while. */
  record Sever(long olderThanEpoch, Duration after) implements Effect {}

  /** A step on the way that people and counters want to know of. */
  record Tell(Notice notice) implements Effect {}
}
