package dev.holdfast.dataplane.runtime.replica;

import dev.holdfast.dataplane.agreement.replica.ReplicaAddress;
import dev.holdfast.health.probe.Alarm;
import dev.holdfast.health.probe.Timers;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells a replica who all of them are. Those that are to go stay a while longer, not ready, so that
 * no client is sent to them any more when the others take them out of the group and they admit
 * nobody. Confined to the decision loop, but for what says otherwise.
 */
public final class Companions {
  /** A readiness probe fails twice, every two seconds; then the word must get to all nodes. */
  private static final Duration FAREWELL = Duration.ofSeconds(10);

  private final Timers timers;
  private final Consumer<List<ReplicaAddress>> replica;
  private final String self;
  private final Alarm farewell;
  private List<ReplicaAddress> told;
  private @Nullable List<ReplicaAddress> next;
  private volatile boolean leaving;

  /**
   * @param replica told who all are
   * @param told who the replica takes for all from the start
   */
  public Companions(
      Timers timers,
      Consumer<List<ReplicaAddress>> replica,
      String self,
      List<ReplicaAddress> told) {
    this.timers = timers;
    this.replica = replica;
    this.self = self;
    this.told = told;
    farewell = new Alarm(timers, this::tell);
  }

  public void follow(List<ReplicaAddress> all) {
    leaving = !names(all).contains(self);
    if (all.equals(next)) {
      return;
    }
    next = all;
    if (names(all).containsAll(names(told))) {
      farewell.set(null);
      tell();
    } else {
      farewell.set(timers.now().plus(FAREWELL));
    }
  }

  private void tell() {
    if (next != null) {
      told = next;
      next = null;
      replica.accept(told);
    }
  }

  private static List<String> names(List<ReplicaAddress> all) {
    return all.stream().map(ReplicaAddress::name).toList();
  }

  /** Whether this replica is one that is to go. Any thread. */
  public boolean leaving() {
    return leaving;
  }

  public void close() {
    farewell.set(null);
  }
}
