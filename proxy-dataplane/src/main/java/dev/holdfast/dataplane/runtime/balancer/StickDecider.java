package dev.holdfast.dataplane.runtime.balancer;

import dev.holdfast.dataplane.config.BalancerConfig;
import dev.holdfast.dataplane.metrics.MetricSink;
import dev.holdfast.dataplane.sticky.StickCommand;
import dev.holdfast.dataplane.sticky.table.StickTable;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Decides where the keys of one resource belong and carries that out: it alone tells the relay what
 * happens to clients. Confined to the decision loop, but for what says otherwise.
 */
sealed interface StickDecider permits LoneStickDecider, AgreedStickDecider {

  /** Once, before all others. */
  void start();

  void configure(BalancerConfig next);

  /** The checks of groups say something else than before. */
  void judged();

  /** Whether clients are admitted, to some group or none: what was to be found out first is. */
  boolean isSettled();

  /** Whether the ports are closed for want of a group. */
  boolean isShut();

  StickStanding standing();

  /** What the table says now. Takes a millisecond at most. */
  <T> T read(Function<StickTable, T> question);

  /**
   * Has this done.
   *
   * @return whether it changed anything; an error when nobody can say
   */
  CompletionStage<Boolean> wish(StickCommand.Wish wish);

  /** Whether clients may be sent here that could go elsewhere; any thread. */
  boolean ready();

  /** Any thread. */
  void collect(MetricSink sink);

  /** Decides and tells nothing more. */
  void close();

  /** Waits a few seconds for what is left to do after {@link #close}; not on the decision loop. */
  void awaitClosed();
}
