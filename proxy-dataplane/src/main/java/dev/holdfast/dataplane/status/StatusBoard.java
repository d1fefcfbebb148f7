package dev.holdfast.dataplane.status;

import dev.holdfast.api.dataplane.ResourceStatus;
import java.util.List;
import java.util.function.Consumer;

/**
 * The newest status of every running resource. Safe for use by many threads.
 *
 * @param <S> what is told of a resource
 */
public interface StatusBoard<S extends ResourceStatus> {

  /** Sorted by kind, namespace and name. */
  List<S> all();

  /**
   * Calls the listener with every status that differs from the one before in more than counters,
   * and now and then with one that has new counters, beginning with the present ones, in order for
   * each resource. The listener must not block.
   */
  Subscription subscribe(Consumer<? super S> listener);

  /** Ends when closed; closing twice does nothing. */
  interface Subscription extends AutoCloseable {
    @Override
    void close();
  }
}
