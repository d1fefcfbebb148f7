package dev.holdfast.floatingip.resource;

import dev.holdfast.floatingip.group.GroupListener;
import dev.holdfast.floatingip.group.GroupRunner;
import dev.holdfast.floatingip.group.GroupSurroundings;
import dev.holdfast.floatingip.heartbeat.Heartbeat;
import dev.holdfast.floatingip.hetzner.assign.Outcome;
import dev.holdfast.floatingip.loop.GroupNotice;
import dev.holdfast.floatingip.loop.GroupStatus;
import dev.holdfast.floatingip.notify.GroupNotifications;
import dev.holdfast.floatingip.web.WebTransport;
import java.time.Instant;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A group with its heartbeat and its messages. For use by any thread. */
public final class RunningGroup implements AutoCloseable {
  private final GroupSurroundings around;
  private final WebTransport web;
  private final GroupRunner runner;
  private final Instant startedAt;
  private GroupSetup setup;
  private volatile GroupNotifications notifications;
  private @Nullable Heartbeat heartbeat;
  private boolean closed;

  private RunningGroup(
      GroupSetup setup,
      GroupSurroundings around,
      WebTransport web,
      BooleanSupplier leads,
      GroupListener listener) {
    this.setup = setup;
    this.around = around;
    this.web = web;
    startedAt = around.timers().now();
    notifications = notifications(setup);
    runner = new GroupRunner(setup.group(), around, leads, new Teller(listener));
  }

  /**
   * @param web to push monitors and webhooks
   * @param leads whether this process may write; asked directly before each write, by any thread
   */
  public static RunningGroup start(
      GroupSetup setup,
      GroupSurroundings around,
      WebTransport web,
      BooleanSupplier leads,
      GroupListener listener) {
    var group = new RunningGroup(setup, around, web, leads, listener);
    group.runner.start();
    group.beat();
    return group;
  }

  /** Takes effect at once; never blocks. */
  public synchronized void configure(GroupSetup next) {
    if (closed) {
      return;
    }
    var before = setup;
    setup = next;
    if (!next.group().equals(before.group())) {
      runner.configure(next.group());
    }
    if (!next.heartbeat().equals(before.heartbeat())) {
      beat();
    }
    if (!next.notifications().equals(before.notifications())) {
      var last = notifications;
      notifications = notifications(next);
      // may wait for messages that are on their way
      Thread.ofVirtual().name("last-words-" + next.group().name()).start(last::close);
    }
  }

  /** Other groups move these floating IPs from now on, and no others; never blocks. */
  public void leaveToOthers(Set<Long> floatingIps) {
    runner.leaveToOthers(floatingIps);
  }

  /** To be called when the answer of {@code leads} may have changed. */
  public void leadershipChanged() {
    runner.leadershipChanged();
  }

  public GroupStatus status() {
    return runner.status();
  }

  private GroupNotifications notifications(GroupSetup of) {
    return GroupNotifications.start(of.group().name(), of.notifications(), web, around.pacer());
  }

  private synchronized void beat() {
    if (heartbeat != null) {
      heartbeat.close();
    }
    heartbeat =
        setup
            .heartbeat()
            .map(settings ->
                new Heartbeat(
                        setup.group().name(),
                        settings,
                        () -> runner.status().readAt().orElse(startedAt),
                        web,
                        around.pacer())
                    .start())
            .orElse(null);
  }

  /**
   * When it returns nothing is written any more. Waits for what is under way, and a few seconds for
   * messages that are on their way.
   */
  @Override
  public void close() {
    runner.close();
    synchronized (this) {
      closed = true;
      if (heartbeat != null) {
        heartbeat.close();
      }
      notifications.close();
    }
  }

  /** Passes notices on to people, and everything to whoever runs the group. */
  private final class Teller implements GroupListener {
    private final GroupListener next;

    Teller(GroupListener next) {
      this.next = next;
    }

    @Override
    public void noticed(GroupNotice notice, Instant at) {
      notifications.accept(notice);
      next.noticed(notice, at);
    }

    @Override
    public void moveEnded(Outcome outcome) {
      next.moveEnded(outcome);
    }

    @Override
    public void changed(GroupStatus status) {
      next.changed(status);
    }
  }
}
