package dev.holdfast.dataplane.status;

import dev.holdfast.api.dataplane.DataPlaneStatus;
import java.util.List;
import java.util.function.Consumer;

/** The newest status of every running resource. Safe for use by many threads. */
public interface StatusBoard {

  /** Sorted by kind, namespace and name. */
  List<DataPlaneStatus> all();

  /**
   * Calls the listener with every status that differs from the one before in more than counters,
   * beginning with the present ones, in order for each resource. The listener must not block.
   */
  Subscription subscribe(Consumer<DataPlaneStatus> listener);

  /** Ends when closed; closing twice does nothing. */
  interface Subscription extends AutoCloseable {
    @Override
    void close();
  }
}
