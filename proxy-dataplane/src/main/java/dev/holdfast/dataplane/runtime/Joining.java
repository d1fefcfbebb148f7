package dev.holdfast.dataplane.runtime;

import dev.holdfast.api.dataplane.DataPlaneStatus.Agreement;
import dev.holdfast.dataplane.agreement.replica.Replica;
import dev.holdfast.health.probe.DecisionLoop;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A replica's way into its group: what it waits for, or why it takes no part. Confined to the
 * decision loop.
 */
final class Joining {
  private static final Logger log = LoggerFactory.getLogger("dev.holdfast.agreement");
  private static final Duration LOOKED_AT = Duration.ofSeconds(1);

  private final String resource;
  private final DecisionLoop loop;
  private final Replica replica;
  private final Runnable look;
  private @Nullable String failure;
  private boolean over;

  /**
   * @param look called when there may be something else to tell
   */
  Joining(String resource, DecisionLoop loop, Replica replica, Runnable look) {
    this.resource = resource;
    this.loop = loop;
    this.replica = replica;
    this.look = look;
  }

  void begin(Consumer<Replica.Membership> joined) {
    replica
        .join()
        .whenCompleteAsync(
            (place, failed) -> {
              if (over) {
                return;
              }
              over = true;
              if (place != null) {
                joined.accept(place);
              } else {
                fail(String.valueOf(failed.getMessage()));
              }
            },
            loop);
    lookOn();
  }

  private void fail(String why) {
    failure = why;
    log.error("{}: this replica takes no part: {}", resource, why);
    look.run();
  }

  private void lookOn() {
    if (!over) {
      look.run();
      loop.after(LOOKED_AT, this::lookOn);
    }
  }

  Agreement agreement() {
    return failure == null
        ? nothing(Agreement.State.Joining, replica.waitsFor())
        : nothing(Agreement.State.Failed, failure);
  }

  private static Agreement nothing(Agreement.State state, String why) {
    return new Agreement(state, null, null, List.of(), 0, why);
  }

  void close() {
    over = true;
  }
}
