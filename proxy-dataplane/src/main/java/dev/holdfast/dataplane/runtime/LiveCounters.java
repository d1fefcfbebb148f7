package dev.holdfast.dataplane.runtime;

import dev.holdfast.api.dataplane.DataPlaneStatus;
import dev.holdfast.dataplane.status.StatusBoard;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** A board whose statuses carry the counters of the moment they are asked for. */
record LiveCounters(StatusBoard<DataPlaneStatus> board, UnaryOperator<DataPlaneStatus> refresh)
    implements StatusBoard<DataPlaneStatus> {

  @Override
  public List<DataPlaneStatus> all() {
    return board.all().stream().map(refresh).toList();
  }

  @Override
  public Subscription subscribe(Consumer<? super DataPlaneStatus> listener) {
    return board.subscribe(listener);
  }
}
