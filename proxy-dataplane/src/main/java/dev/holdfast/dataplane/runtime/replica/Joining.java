package dev.holdfast.dataplane.runtime.replica;

import dev.holdfast.api.dataplane.DataPlaneStatus.Agreement;
import dev.holdfast.dataplane.agreement.replica.Replica;
import dev.holdfast.health.probe.DecisionLoop;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A replica's way into its group, and back into it: what it waits for, or why it takes no part.
 * Confined to the decision loop.
 */
public final class Joining<C, S> {
  private static final Logger log = LoggerFactory.getLogger("dev.holdfast.agreement");
  private static final Duration LOOKED_AT = Duration.ofSeconds(1);

  /** Hears of it on the decision loop. */
  public interface Listener<C, S> {
    void joined(Replica.Membership<C, S> place);

    /** The place is no more; another may come. */
    void left();

    /** There may be something else to tell. */
    void look();
  }

  private final String resource;
  private final DecisionLoop loop;
  private final Replica<C, S, ?> replica;
  private final Listener<C, S> listener;
  private Agreement.State state = Agreement.State.Joining;
  private @Nullable String why;
  private boolean over;

  public Joining(
      String resource, DecisionLoop loop, Replica<C, S, ?> replica, Listener<C, S> listener) {
    this.resource = resource;
    this.loop = loop;
    this.replica = replica;
    this.listener = listener;
  }

  public void begin() {
    replica.join(new Participation());
    lookOn();
  }

  private final class Participation implements Replica.Participant<C, S> {
    @Override
    public void joined(Replica.Membership<C, S> place) {
      then(() -> {
        why = null;
        listener.joined(place);
      });
    }

    @Override
    public void left(String because) {
      then(() -> {
        log.warn("{}: this replica takes no part: {}", resource, because);
        why = because;
        listener.left();
      });
    }

    @Override
    public void failed(String because) {
      then(() -> {
        log.error("{}: this replica takes no part: {}", resource, because);
        why = because;
        state = Agreement.State.Failed;
        listener.look();
      });
    }

    private void then(Runnable step) {
      loop.execute(() -> {
        if (!over) {
          step.run();
        }
      });
    }
  }

  private void lookOn() {
    if (!over) {
      listener.look();
      loop.after(LOOKED_AT, this::lookOn);
    }
  }

  public Agreement agreement() {
    return new Agreement(state, null, null, List.of(), 0, why == null ? replica.waitsFor() : why);
  }

  public void close() {
    over = true;
  }
}
