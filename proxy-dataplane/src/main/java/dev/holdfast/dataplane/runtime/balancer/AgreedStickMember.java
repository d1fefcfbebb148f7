package dev.holdfast.dataplane.runtime.balancer;

import dev.holdfast.dataplane.agreement.Incarnation;
import dev.holdfast.dataplane.agreement.Moment;
import dev.holdfast.dataplane.agreement.replica.Replica;
import dev.holdfast.dataplane.agreement.replica.StickMessage;
import dev.holdfast.dataplane.agreement.stick.LedgerHead;
import dev.holdfast.dataplane.agreement.stick.LedgerImage;
import dev.holdfast.dataplane.agreement.stick.TableCommand;
import dev.holdfast.dataplane.agreement.stick.member.StickMember;
import dev.holdfast.dataplane.agreement.stick.member.StickMemberEffect;
import dev.holdfast.dataplane.agreement.stick.member.StickMemberEvent;
import dev.holdfast.dataplane.agreement.stick.member.StickMemberPolicy;
import dev.holdfast.dataplane.agreement.stick.member.StickMemberState;
import dev.holdfast.dataplane.agreement.stick.member.StickReadiness;
import dev.holdfast.dataplane.config.BalancerConfig;
import dev.holdfast.dataplane.relay.RelayServer;
import dev.holdfast.dataplane.relay.TimedLease;
import dev.holdfast.dataplane.runtime.replica.AgreementLog;
import dev.holdfast.dataplane.runtime.replica.AgreementMetrics;
import dev.holdfast.health.probe.Alarm;
import dev.holdfast.health.probe.DecisionLoop;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A member of the group that shares a table, from the moment it has joined: takes events to the
 * machine and its effects to the world. Confined to the decision loop, but for what says otherwise.
 */
final class AgreedStickMember {
  private static final Duration CUT_AGAIN = Duration.ofSeconds(1);

  /** What a member's effects change. */
  interface Surface {

    /** From now on clients are admitted under this. */
    void admit(TimedLease lease);

    /** New clients are admitted no more. */
    void withdraw();

    /** Tell what this process finds of checks. */
    void cast();

    void stepped();
  }

  /** Where a member has its place. */
  record Seat(
      DecisionLoop loop,
      RelayServer relay,
      Replica<TableCommand, LedgerImage, StickMessage> replica,
      Replica.Membership<TableCommand, LedgerImage> place,
      AgreementMetrics metrics) {}

  private final Seat seat;
  private final DecisionLoop loop;
  private final Surface surface;
  private final AgreementLog log;
  private final Alarm alarm;
  private boolean over;
  private boolean leaving;
  private CompletableFuture<Void> cut = new CompletableFuture<>();
  private volatile StickMemberPolicy policy;
  private volatile StickMemberState state;
  private volatile @Nullable TimedLease lease;

  /**
   * @param head of an empty table
   */
  AgreedStickMember(
      Seat seat, BalancerConfig config, Incarnation self, LedgerHead head, Surface surface) {
    this.seat = seat;
    this.surface = surface;
    loop = seat.loop();
    policy = StickMemberPolicies.of(config);
    log = new AgreementLog(config.key().toString());
    state = StickMemberState.initial(self, head, 0, now());
    alarm = new Alarm(loop, () -> step(new StickMemberEvent.Tick()));
  }

  void begin() {
    log.joined(seat.place());
    step(new StickMemberEvent.MembersChanged(seat.place().log().members()));
  }

  void configure(StickMemberPolicy next) {
    policy = next;
    step(new StickMemberEvent.PolicyApplied());
  }

  /** Any thread. */
  static Moment now() {
    return new Moment(System.nanoTime());
  }

  void step(StickMemberEvent event) {
    if (over) {
      return;
    }
    var before = state;
    var step = StickMember.step(before, event, policy, now());
    state = step.state();
    log.leads(before.leads(), state.leads());
    step.effects().forEach(this::carryOut);
    var wakeAt = state.wakeAt();
    alarm.set(
        wakeAt == null
            ? null
            : loop.now().plus(Duration.ofNanos(wakeAt.nanos() - System.nanoTime())));
    surface.stepped();
  }

  private void carryOut(StickMemberEffect effect) {
    switch (effect) {
      case StickMemberEffect.Propose(var command) -> propose(command);
      case StickMemberEffect.Admit(var until) -> admit(until);
      case StickMemberEffect.Prolong(var until) -> {
        if (lease != null) {
          lease.prolong(until.nanos());
        }
      }
      case StickMemberEffect.Withdraw() -> {
        surface.withdraw();
        log.withdrawn(readiness());
      }
      case StickMemberEffect.Sever() -> sever();
      case StickMemberEffect.Cast() -> surface.cast();
      case StickMemberEffect.AskVerdicts() ->
          seat.replica().tellAll(new StickMessage.AskVerdicts());
    }
  }

  private void admit(Moment until) {
    var held = lease == null ? new TimedLease(System::nanoTime, until.nanos()) : lease;
    held.prolong(until.nanos());
    lease = held;
    surface.admit(held);
    log.admitted(held);
  }

  CompletionStage<Long> propose(TableCommand command) {
    if (command instanceof TableCommand.EndLeases(var leases)) {
      log.ended(leases.keySet());
    }
    return seat.place()
        .log()
        .propose(command)
        .whenComplete((_, failure) -> seat.metrics().proposed(failure));
  }

  /** The lease is ended first: then no loop begins another turn of bytes, however late it cuts. */
  private void sever() {
    if (lease != null) {
      lease.end();
      lease = null;
    }
    seat.metrics().severed();
    seat.relay().sever(Long.MAX_VALUE).whenCompleteAsync((_, failure) -> severed(failure), loop);
  }

  /** Until it is done, there is no lease and no client. */
  private void severed(@Nullable Throwable failure) {
    if (failure == null) {
      step(new StickMemberEvent.Severed());
      cut.complete(null);
    } else if (!over || leaving) {
      log.notSevered(failure);
      loop.after(CUT_AGAIN, this::sever);
    }
  }

  Incarnation self() {
    return state.self();
  }

  StickMemberState state() {
    return state;
  }

  StickMemberPolicy policy() {
    return policy;
  }

  Replica.Membership<TableCommand, LedgerImage> place() {
    return seat.place();
  }

  /** Any thread. */
  StickReadiness readiness() {
    return StickReadiness.of(state, policy, now());
  }

  /** Any thread. */
  AgreementMetrics.Figures figures() {
    var held = lease;
    return new AgreementMetrics.Figures(
        state.leads(),
        readiness(),
        state.head().members().size(),
        held == null ? 0 : Math.max(0, held.left()));
  }

  void close() {
    over = true;
    alarm.set(null);
  }

  /** Ends at once, with all clients; done when they are cut. */
  CompletionStage<Void> leave() {
    close();
    leaving = true;
    surface.withdraw();
    cut = new CompletableFuture<>();
    sever();
    return cut;
  }
}
