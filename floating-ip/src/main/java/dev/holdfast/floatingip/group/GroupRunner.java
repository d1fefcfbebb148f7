package dev.holdfast.floatingip.group;

import dev.holdfast.floatingip.hetzner.assign.Move;
import dev.holdfast.floatingip.hetzner.assign.Outcome;
import dev.holdfast.floatingip.hetzner.model.ApiFailure;
import dev.holdfast.floatingip.loop.GroupEffect;
import dev.holdfast.floatingip.loop.GroupEvent;
import dev.holdfast.floatingip.loop.GroupMachine;
import dev.holdfast.floatingip.loop.GroupState;
import dev.holdfast.floatingip.loop.GroupStatus;
import dev.holdfast.health.probe.Alarm;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one group until it is closed. Decisions are made on the decision thread, calls to the
 * provider on threads of their own. For use by any thread.
 */
public final class GroupRunner implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(GroupRunner.class);
  private static final long STOP_SECONDS = 15;

  private final GroupSurroundings around;
  private final BooleanSupplier leads;
  private final GroupListener listener;
  private final NoticeLog noticeLog;
  private final ServerChecks checks;
  private final ExecutorService calls =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("holdfast-group-", 0).factory());
  private final Map<Long, AtomicBoolean> permits = new HashMap<>();
  private final Alarm alarm;
  private GroupConfig config;
  private ProviderCalls provider;
  private GroupState state;
  private volatile GroupStatus status;
  private volatile boolean closed;

  /**
   * @param leads whether this process may write; asked directly before each write, by any thread
   */
  public GroupRunner(
      GroupConfig config, GroupSurroundings around, BooleanSupplier leads, GroupListener listener) {
    this.config = config;
    this.around = around;
    this.leads = leads;
    this.listener = listener;
    noticeLog = new NoticeLog(config.name());
    provider = new ProviderCalls(config, around);
    checks =
        new ServerChecks(
            config.checks(),
            around,
            (server, health) -> hear(new GroupEvent.HealthObserved(server, health)));
    alarm = new Alarm(around.timers(), () -> hear(new GroupEvent.Tick()));
    state = GroupState.initial(around.timers().now());
    status = GroupStatus.of(state, config.policy(), around.timers().now());
  }

  public void start() {
    tell(new GroupEvent.Tick());
  }

  /** Takes effect at once; what goes on as before is not interrupted. */
  public void configure(GroupConfig next) {
    around.decisions().execute(() -> become(next));
  }

  /** Other groups move these floating IPs from now on, and no others; never blocks. */
  public void leaveToOthers(Set<Long> floatingIps) {
    tell(new GroupEvent.Yielded(floatingIps));
  }

  /** To be called when the answer of {@code leads} may have changed. */
  public void leadershipChanged() {
    tell(new GroupEvent.Tick());
  }

  /** As it was after the newest event. */
  public GroupStatus status() {
    return status;
  }

  private void become(GroupConfig next) {
    if (closed) {
      return;
    }
    var other = next.hasOtherSourceThan(config);
    if (other || !next.moves().equals(config.moves()) || next.verifyPort() != config.verifyPort()) {
      provider = new ProviderCalls(next, around);
    }
    config = next;
    checks.configure(next.checks());
    hear(new GroupEvent.PolicyApplied(other));
  }

  private void tell(GroupEvent event) {
    around.decisions().execute(() -> hear(event));
  }

  private void hear(GroupEvent event) {
    if (closed) {
      return;
    }
    var leading = leads.getAsBoolean();
    if (leading != state.leads()) {
      step(new GroupEvent.LeadershipChanged(leading));
    }
    step(event);
    if (event instanceof GroupEvent.MoveEnded(_, var outcome, _)) {
      listener.moveEnded(outcome);
    }
    alarm.set(state.wakeAt());
    var current = GroupStatus.of(state, config.policy(), around.timers().now());
    if (!current.equals(status)) {
      status = current;
      listener.changed(current);
    }
  }

  private void step(GroupEvent event) {
    var step = GroupMachine.step(state, event, config.policy(), around.timers().now());
    state = step.state();
    step.effects().forEach(this::carryOut);
  }

  private void carryOut(GroupEffect effect) {
    switch (effect) {
      case GroupEffect.ReadCloud(var poll, var timeout) -> {
        var from = provider;
        call(() -> from.poll(poll, timeout));
      }
      case GroupEffect.FollowServers(var servers, var anew) -> checks.follow(servers, anew);
      case GroupEffect.BeginMove(var move) -> begin(move);
      case GroupEffect.RevokeMove(var ip) -> {
        var permit = permits.get(ip);
        if (permit != null) {
          permit.set(false);
        }
      }
      case GroupEffect.Tell(var notice) -> {
        noticeLog.write(notice);
        listener.noticed(notice, around.timers().now());
      }
    }
  }

  private void begin(Move move) {
    var permit = new AtomicBoolean(true);
    permits.put(move.floatingIp(), permit);
    var to = provider;
    call(() -> {
      try {
        return to.move(move, () -> permit.get() && !closed && leads.getAsBoolean());
      } catch (RuntimeException e) {
        log.error("{}: a move failed; this is a defect, please report it", config.name(), e);
        var cause = new Outcome.Cause.Call(new ApiFailure.Malformed("a defect: " + e));
        return new GroupEvent.MoveEnded(move, new Outcome.Failed(cause, true), null);
      }
    });
  }

  private void call(Callable<GroupEvent> work) {
    try {
      calls.execute(() -> {
        try {
          tell(work.call());
        } catch (InterruptedException e) {
          log.debug("ended, because the group is closed");
        } catch (Exception e) {
          log.error("a call failed; this is a defect, please report it", e);
        }
      });
    } catch (RejectedExecutionException e) {
      log.debug("left out, because the group is closed");
    }
  }

  /**
   * Ends checks and calls. When it returns nothing is written any more; what was under way is
   * unknown.
   */
  @Override
  public void close() {
    closed = true;
    around
        .decisions()
        .execute(() -> {
          checks.close();
          alarm.set(null);
        });
    calls.shutdownNow();
    try {
      if (!calls.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
        log.warn("a call to the provider did not end within {} s", STOP_SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
