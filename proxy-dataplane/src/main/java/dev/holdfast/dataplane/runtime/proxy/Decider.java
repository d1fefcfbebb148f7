package dev.holdfast.dataplane.runtime.proxy;

import dev.holdfast.dataplane.config.ProxyConfig;
import dev.holdfast.dataplane.failover.FailoverEvent.ConnectFailed;
import dev.holdfast.dataplane.failover.FailoverEvent.SwitchRequested;
import dev.holdfast.dataplane.failover.FailoverEvent.VerdictChanged;
import dev.holdfast.dataplane.failover.SwitchAnswer;
import dev.holdfast.dataplane.metrics.MetricSink;
import java.util.concurrent.CompletableFuture;

/**
 * Decides who is primary of one resource and carries that out: it alone tells the relay whom to
 * admit. Confined to the decision loop, but for what says otherwise.
 */
sealed interface Decider permits LoneDecider, AgreedDecider {

  /** Once, before all others. */
  void start();

  void configure(ProxyConfig next);

  /** The checks of a backend agree on another verdict than before. */
  void judged(VerdictChanged verdict);

  /** A check of the backend has run, whatever it found. */
  void checked(String backend);

  /** A client's connect failed. */
  void connectFailed(ConnectFailed failure);

  /** The client port was opened or closed. */
  void listening(boolean open);

  /**
   * @param answer completed when the target was refused or chosen
   */
  void switchTo(SwitchRequested request, CompletableFuture<SwitchAnswer> answer);

  Standing standing();

  /** Whether clients may be sent here; any thread. */
  boolean ready();

  /** Any thread. */
  void collect(MetricSink sink);

  /** Decides and tells nothing more. */
  void close();
}
