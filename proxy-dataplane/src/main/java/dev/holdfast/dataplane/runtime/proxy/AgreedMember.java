package dev.holdfast.dataplane.runtime.proxy;

import dev.holdfast.api.dataplane.DataPlaneStatus.Agreement;
import dev.holdfast.dataplane.agreement.Incarnation;
import dev.holdfast.dataplane.agreement.Moment;
import dev.holdfast.dataplane.agreement.ledger.Command;
import dev.holdfast.dataplane.agreement.ledger.Ledger;
import dev.holdfast.dataplane.agreement.ledger.Office;
import dev.holdfast.dataplane.agreement.member.MemberEffect;
import dev.holdfast.dataplane.agreement.member.MemberEvent;
import dev.holdfast.dataplane.agreement.member.MemberMachine;
import dev.holdfast.dataplane.agreement.member.MemberPolicy;
import dev.holdfast.dataplane.agreement.member.MemberState;
import dev.holdfast.dataplane.agreement.member.Readiness;
import dev.holdfast.dataplane.agreement.replica.ProxyMessage;
import dev.holdfast.dataplane.agreement.replica.Replica;
import dev.holdfast.dataplane.agreement.vote.VoterState;
import dev.holdfast.dataplane.config.ProxyConfig;
import dev.holdfast.dataplane.failover.Effect;
import dev.holdfast.dataplane.failover.FailoverEvent;
import dev.holdfast.dataplane.hooks.HookRun;
import dev.holdfast.dataplane.relay.TimedLease;
import dev.holdfast.dataplane.runtime.replica.AgreementLog;
import dev.holdfast.dataplane.runtime.replica.AgreementMetrics;
import dev.holdfast.dataplane.runtime.replica.MemberReport;
import dev.holdfast.dataplane.state.PrimaryStore;
import dev.holdfast.health.probe.Alarm;
import dev.holdfast.health.probe.DecisionLoop;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A member of the group, from the moment it has joined: takes events to the machine and its effects
 * to the world. Confined to the decision loop, but for what says otherwise.
 */
final class AgreedMember {
  private static final Duration CUT_AGAIN = Duration.ofSeconds(1);

  private final Equipment equipment;
  private final DecisionLoop loop;
  private final Replica<Command, Ledger, ProxyMessage> replica;
  private final Replica.Membership<Command, Ledger> place;
  private final ClientGate gate;
  private final Takeover takeover;
  private final AgreementLog log;
  private final AgreementMetrics metrics;
  private final Alarm alarm;
  private final Runnable stepped;
  private ProxyConfig config;
  private PrimaryHistory history = PrimaryHistory.none();
  private @Nullable TimedLease hooksLease;
  private long hooksRun;
  private long ballotsCast;
  private boolean over;
  private boolean leaving;
  private CompletableFuture<Void> cut = new CompletableFuture<>();
  private volatile MemberPolicy policy;
  private volatile MemberState state;
  private volatile @Nullable TimedLease lease;

  /**
   * @param stepped called after each step
   */
  AgreedMember(
      Equipment equipment,
      ProxyConfig config,
      Replica<Command, Ledger, ProxyMessage> replica,
      Replica.Membership<Command, Ledger> place,
      ClientGate gate,
      Runnable stepped) {
    this.equipment = equipment;
    this.config = config;
    this.replica = replica;
    this.place = place;
    this.gate = gate;
    this.stepped = stepped;
    loop = equipment.around().decisions();
    policy = MemberPolicies.of(config, equipment.around().store());
    log = new AgreementLog(config.key().toString());
    metrics = new AgreementMetrics(config.relay().resource());
    takeover =
        new Takeover(
            equipment.around(), PrimaryStore.none(), null, equipment.metrics(), this::hooksEnded);
    alarm = new Alarm(loop, () -> step(new MemberEvent.Tick()));
    var self = new Incarnation(place.self(), equipment.around().random().nextLong());
    state = MemberState.initial(self, Ledger.empty(), now());
  }

  void begin() {
    log.joined(place);
    step(new MemberEvent.MembersChanged(place.log().members()));
    place.log().onApply(new LedgerFeed(event -> loop.execute(() -> step(event))));
  }

  void configure(ProxyConfig next) {
    config = next;
    policy = MemberPolicies.of(next, equipment.around().store());
    step(new MemberEvent.PolicyApplied());
  }

  /** Any thread. */
  private static Moment now() {
    return new Moment(System.nanoTime());
  }

  void step(MemberEvent event) {
    if (over) {
      return;
    }
    var before = state;
    var step = MemberMachine.step(before, event, policy, now());
    state = step.state();
    if (!before.ledger().office().equals(state.ledger().office())) {
      officeChanged(before.ledger().office());
    }
    log.leads(before.leads(), state.leads());
    prolongHooks();
    step.effects().forEach(this::carryOut);
    var wakeAt = state.wakeAt();
    alarm.set(
        wakeAt == null
            ? null
            : loop.now().plus(Duration.ofNanos(wakeAt.nanos() - System.nanoTime())));
    stepped.run();
  }

  private void officeChanged(Office before) {
    var office = state.ledger().office();
    history = history.saw(office, loop.now());
    log.office(before, office);
    metrics.office(office);
    var primary = history.primary();
    if (primary != null && office instanceof Office.Serving) {
      takeover.record(primary, config);
    }
  }

  private void prolongHooks() {
    var until = state.mayActUntil(now());
    if (hooksLease != null && until != null) {
      hooksLease.prolong(until.nanos());
    }
  }

  private void carryOut(MemberEffect effect) {
    switch (effect) {
      case MemberEffect.Propose(var command) -> propose(command);
      case MemberEffect.Admit(var target, var epoch, var until) -> {
        var admitted = lease == null ? new TimedLease(System::nanoTime, until.nanos()) : lease;
        admitted.prolong(until.nanos());
        lease = admitted;
        gate.open(
            new ClientGate.Route(target.name(), target.host(), target.port(), epoch), admitted);
        log.admitted(target, epoch, admitted);
      }
      case MemberEffect.Prolong(var until) -> {
        if (lease != null) {
          lease.prolong(until.nanos());
        }
      }
      case MemberEffect.Withdraw() -> {
        gate.close(state.mayActUntil(now()) == null);
        log.withdrawn(Readiness.of(state, policy, now()), state.mayActUntil(now()) != null);
      }
      case MemberEffect.Sever() -> sever();
      case MemberEffect.RunHooks hooks -> runHooks(hooks);
      case MemberEffect.CancelHooks(var run) -> {
        hooksLease = null;
        takeover.cancel();
        log.hooksCancelled(run);
      }
      case MemberEffect.AskVerdicts(var backends) ->
          replica.tellAll(new ProxyMessage.AskVerdicts(backends));
    }
  }

  private void propose(Command command) {
    log.proposed(command, state, policy, now());
    place.log().propose(command).whenComplete((index, failure) -> metrics.proposed(failure));
  }

  /** The lease is ended first: then no loop begins another turn of bytes, however late it cuts. */
  private void sever() {
    if (lease != null) {
      lease.end();
      lease = null;
    }
    metrics.severed();
    equipment
        .relay()
        .sever(Long.MAX_VALUE)
        .whenCompleteAsync((done, failure) -> severed(failure), loop);
  }

  /** Until it is done, there is no lease and no client. */
  private void severed(@Nullable Throwable failure) {
    if (failure == null) {
      step(new MemberEvent.Severed());
      cut.complete(null);
    } else if (!over || leaving) {
      log.notSevered(failure);
      loop.after(CUT_AGAIN, this::sever);
    }
  }

  private void runHooks(MemberEffect.RunHooks effect) {
    var tenure = effect.tenure();
    hooksRun = effect.run();
    hooksLease = new TimedLease(System::nanoTime, effect.until().nanos());
    takeover.runHooks(
        new Effect.RunHooks(
            tenure.epoch(), tenure.reason(), PrimaryHistory.candidate(tenure), history.left()),
        config,
        hooksLease);
  }

  private void hooksEnded(FailoverEvent.HooksEnded ended) {
    hooksLease = null;
    step(new MemberEvent.HooksEnded(hooksRun, ended.aborted()));
  }

  /** What this member itself found out, told to itself and to whoever leads. */
  void cast(VoterState.Verdicts found) {
    ballotsCast++;
    if (!state.leads()) {
      replica.tellLeader(
          new ProxyMessage.Verdicts(state.self(), ballotsCast, found.verdicts(), found.age()));
    }
    step(new MemberEvent.BallotCast(state.self(), ballotsCast, found.verdicts(), found.age()));
  }

  Agreement agreement() {
    var readiness = readiness();
    return MemberReport.of(
        place,
        MemberReport.state(readiness),
        ledger().members(),
        ledger().epoch(),
        AgreementLog.why(readiness));
  }

  PrimaryHistory history() {
    return history;
  }

  List<HookRun> hooks() {
    return takeover.runs();
  }

  /** Any thread. */
  Ledger ledger() {
    return state.ledger();
  }

  /** Any thread. */
  Readiness readiness() {
    return Readiness.of(state, policy, now());
  }

  /** Any thread. */
  AgreementMetrics.Figures figures() {
    var held = lease;
    return new AgreementMetrics.Figures(
        state.leads(),
        readiness(),
        ledger().members().size(),
        held == null ? 0 : Math.max(0, held.left()));
  }

  /** Any thread. */
  AgreementMetrics metrics() {
    return metrics;
  }

  void close() {
    over = true;
    alarm.set(null);
    takeover.cancel();
  }

  /** Ends at once, with all clients; done when they are cut. */
  CompletionStage<Void> leave() {
    close();
    leaving = true;
    gate.close(true);
    cut = new CompletableFuture<>();
    sever();
    return cut;
  }
}
