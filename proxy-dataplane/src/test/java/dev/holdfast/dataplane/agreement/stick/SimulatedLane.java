package dev.holdfast.dataplane.agreement.stick;

import dev.holdfast.dataplane.sticky.StickCommand;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** What one process has to say, one thing after the other, each until it is heard. */
final class SimulatedLane {
  private final SimulatedReplica replica;
  private final Queue<StickCommand.Wish> wishes = new ArrayDeque<>();
  private long serial;
  private @Nullable TableCommand said;

  SimulatedLane(SimulatedReplica replica) {
    this.replica = replica;
  }

  void ask(StickCommand.Wish wish) {
    wishes.add(wish);
  }

  /** Says the next thing, or the last one again. */
  void tell(SimulatedClients clients) {
    if (said != null && replica.ledger().hasHeard(replica.self(), serial)) {
      said = null;
    }
    if (said == null) {
      serial++;
      said =
          wishes.isEmpty()
              ? clients.news(serial)
              : new TableCommand.Ask(replica.self(), serial, wishes.remove());
    }
    replica.propose(said);
  }
}
