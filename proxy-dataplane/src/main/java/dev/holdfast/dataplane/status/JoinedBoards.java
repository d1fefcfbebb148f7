package dev.holdfast.dataplane.status;

import dev.holdfast.api.dataplane.ResourceStatus;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/** The boards of one process as one. A resource is on one of them only. */
public record JoinedBoards(List<StatusBoard<? extends ResourceStatus>> boards)
    implements StatusBoard<ResourceStatus> {
  private static final Comparator<ResourceStatus> ORDER =
      Comparator.comparing(ResourceStatus::kind)
          .thenComparing(ResourceStatus::namespace)
          .thenComparing(ResourceStatus::name);

  public JoinedBoards {
    boards = List.copyOf(boards);
  }

  @Override
  public List<ResourceStatus> all() {
    return boards.stream()
        .<ResourceStatus>flatMap(board -> board.all().stream())
        .sorted(ORDER)
        .toList();
  }

  @Override
  public Subscription subscribe(Consumer<? super ResourceStatus> listener) {
    var parts = boards.stream().map(board -> board.subscribe(listener)).toList();
    return () -> parts.forEach(Subscription::close);
  }
}
