package dev.holdfast.floatingip.notify;

import dev.holdfast.floatingip.hetzner.Pacer;
import dev.holdfast.floatingip.loop.GroupNotice;
import dev.holdfast.floatingip.web.WebTransport;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** Tells all targets of a group; those that are slow keep neither the group nor each other. */
public final class GroupNotifications implements Consumer<GroupNotice>, AutoCloseable {
  private final String group;
  private final List<Notifier> notifiers;

  private GroupNotifications(String group, List<Notifier> notifiers) {
    this.group = group;
    this.notifiers = List.copyOf(notifiers);
  }

  /**
   * @param group what people and logs call it
   */
  public static GroupNotifications start(
      String group, List<Target> targets, WebTransport transport, Pacer pacer) {
    return new GroupNotifications(
        group,
        targets.stream()
            .map(target ->
                new Notifier(group, target, DeliveryPolicy.standard(), transport, pacer).start())
            .toList());
  }

  /** Never blocks. Any thread. */
  @Override
  public void accept(GroupNotice notice) {
    if (!notifiers.isEmpty()) {
      var message = NoticeText.of(group, notice);
      notifiers.forEach(notifier -> notifier.tell(message));
    }
  }

  /** Gives what waits a few seconds, and then lets it go. Blocks that long. */
  @Override
  public void close() {
    try (var together = Executors.newVirtualThreadPerTaskExecutor()) {
      notifiers.forEach(notifier -> together.execute(notifier::close));
    }
  }
}
