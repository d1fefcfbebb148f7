package dev.holdfast.dataplane.runtime;

import dev.holdfast.api.dataplane.ResourceStatus;
import dev.holdfast.dataplane.status.StatusBoard;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** A board whose statuses carry the counters of the moment they are asked for. */
record LiveCounters<S extends ResourceStatus>(StatusBoard<S> board, UnaryOperator<S> refresh)
    implements StatusBoard<S> {

  @Override
  public List<S> all() {
    return board.all().stream().map(refresh).toList();
  }

  @Override
  public Subscription subscribe(Consumer<? super S> listener) {
    return board.subscribe(listener);
  }
}
