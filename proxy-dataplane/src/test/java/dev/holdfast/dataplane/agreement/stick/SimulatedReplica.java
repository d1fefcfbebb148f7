package dev.holdfast.dataplane.agreement.stick;

import dev.holdfast.dataplane.agreement.DriftingClock;
import dev.holdfast.dataplane.agreement.Incarnation;
import dev.holdfast.dataplane.agreement.LogModel;
import dev.holdfast.dataplane.agreement.MemberId;
import dev.holdfast.dataplane.agreement.MemberLog;
import dev.holdfast.dataplane.agreement.Moment;
import dev.holdfast.dataplane.agreement.ReplicatedLog;
import dev.holdfast.dataplane.agreement.SimulatedProcess;
import dev.holdfast.dataplane.agreement.stick.member.StickMember;
import dev.holdfast.dataplane.agreement.stick.member.StickMemberEffect;
import dev.holdfast.dataplane.agreement.stick.member.StickMemberEvent;
import dev.holdfast.dataplane.agreement.stick.member.StickMemberPolicy;
import dev.holdfast.dataplane.agreement.stick.member.StickMemberState;
import dev.holdfast.dataplane.sticky.StickCommand;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One process of a member: its ledger, its machine, its clock and its clients. While it is stopped
 * nothing in it moves, and all that happens to it waits.
 */
final class SimulatedReplica
    implements SimulatedProcess, ReplicatedLog.Applier<TableCommand, LedgerImage> {
  /** From the log's thread to the machine's. */
  private static final Duration HAND_OVER = Duration.ofMillis(2);

  private static final Duration SAID_AGAIN = Duration.ofMillis(700);

  private final StickSimulation world;
  private final Incarnation self;
  private final DriftingClock clock;
  private final MemberLog<TableCommand, LedgerImage> log;
  private final Deque<Runnable> inbox = new ArrayDeque<>();
  private final SimulatedClients clients;
  private final SimulatedLane lane;
  private TableLedger ledger;
  private StickMemberPolicy policy;
  private StickMemberState state;
  private Process process = Process.Running;
  private boolean open;
  private boolean gated;
  private @Nullable Moment until;
  private @Nullable LedgerHead told;
  private long ballots;

  SimulatedReplica(
      StickSimulation world,
      Incarnation self,
      DriftingClock clock,
      LogModel<TableCommand, LedgerImage> model,
      StickMemberPolicy policy) {
    this.world = world;
    this.self = self;
    this.clock = clock;
    this.policy = policy;
    log = model.open(self.member(), this);
    ledger = new TableLedger(Images.copy(log.disk()), self.number(), StickSimulation.BOUNDS);
    state = StickMemberState.initial(self, ledger.head(), ledger.index(), clock.now());
    clients = new SimulatedClients(world, this);
    lane = new SimulatedLane(this);
  }

  Incarnation self() {
    return self;
  }

  @Override
  public MemberId id() {
    return self.member();
  }

  MemberLog<TableCommand, LedgerImage> log() {
    return log;
  }

  TableLedger ledger() {
    return ledger;
  }

  SimulatedClients clients() {
    return clients;
  }

  @Override
  public boolean is(Process expected) {
    return process == expected;
  }

  /** Whether a client that comes now is sent on. */
  boolean admits() {
    return open && !gated && until != null && clock.now().isBefore(until);
  }

  /** Whether bytes of its clients may move. */
  boolean moves() {
    return process == Process.Running && !gated;
  }

  void configure(StickMemberPolicy next) {
    inProcess(() -> {
      if (next.generation() >= policy.generation()) {
        policy = next;
        step(new StickMemberEvent.PolicyApplied());
      }
    });
  }

  void send(StickMemberEvent event) {
    inProcess(() -> step(event));
  }

  /** A person, or a server, asks for something here. */
  void ask(StickCommand.Wish wish) {
    inProcess(() -> lane.ask(wish));
  }

  void client(SimulatedClients.Client client) {
    inProcess(() -> clients.arrive(client));
  }

  @Override
  public void stop() {
    process = Process.Stopped;
  }

  /** What accepts or moves bytes asks for the time first, and so does nothing on an old lease. */
  @Override
  public void goOn() {
    process = Process.Running;
    gated = gated || (until != null && !clock.now().isBefore(until));
    while (process == Process.Running && !inbox.isEmpty()) {
      inbox.poll().run();
    }
    world.laws().check();
  }

  @Override
  public void kill() {
    process = Process.Dead;
    inbox.clear();
    log.close();
  }

  private void inProcess(Runnable task) {
    switch (process) {
      case Running -> task.run();
      case Stopped -> inbox.add(task);
      case Dead -> {}
    }
  }

  /** After this long by the process's own clock. */
  void after(Duration local, Runnable task) {
    world.queue().after(clock.trueTime(local), () -> inProcess(task));
  }

  void propose(TableCommand command) {
    log.propose(world.planted(command));
  }

  private void step(StickMemberEvent event) {
    var before = state.wakeAt();
    var step = StickMember.step(state, event, policy, clock.now());
    world.note(self, event, step.effects());
    state = step.state();
    step.effects().forEach(this::carryOut);
    var at = state.wakeAt();
    if (at != null && !at.equals(before)) {
      var early = Duration.ofNanos(at.nanos() - clock.now().nanos());
      after(early.plus(world.lateness()), () -> wake(at));
    }
    world.laws().check();
  }

  private void wake(Moment at) {
    if (at.equals(state.wakeAt())) {
      step(new StickMemberEvent.Tick());
    }
  }

  private void carryOut(StickMemberEffect effect) {
    switch (effect) {
      case StickMemberEffect.Propose(var command) -> propose(command);
      case StickMemberEffect.Admit(var end) -> {
        open = true;
        until = end;
        clients.route();
      }
      case StickMemberEffect.Prolong(var end) -> until = end;
      case StickMemberEffect.Withdraw() -> open = false;
      case StickMemberEffect.Sever() -> after(world.lateness(), this::severed);
      case StickMemberEffect.Cast() -> world.cast(this, ++ballots);
      case StickMemberEffect.AskVerdicts() -> world.askVerdicts(this);
    }
  }

  private void severed() {
    clients.cutAll();
    gated = false;
    until = null;
    step(new StickMemberEvent.Severed());
  }

  /** From time to time it tells what became of keys, and says again what was not heard. */
  void tell() {
    inProcess(() -> lane.tell(clients));
    after(SAID_AGAIN.dividedBy(2), this::tell);
  }

  @Override
  public void apply(long index, TableCommand command) {
    inProcess(() -> {
      var revoked = clients.revoke(ledger.apply(index, command));
      applied(index, revoked);
    });
  }

  @Override
  public LedgerImage snapshot() {
    return ledger.image();
  }

  @Override
  public void install(long index, LedgerImage snapshot) {
    inProcess(() -> {
      ledger = new TableLedger(Images.copy(snapshot), self.number(), StickSimulation.BOUNDS);
      applied(index, clients.revokeStale());
    });
  }

  private void applied(long index, boolean revoked) {
    var head = ledger.head();
    if (revoked) {
      after(
          world.cutTime(),
          () -> {
            clients.cut(index);
            step(new StickMemberEvent.Cut(index));
          });
    }
    if (revoked || !head.equals(told)) {
      told = head;
      after(
          HAND_OVER, () -> step(world.planted(new StickMemberEvent.Applied(index, head, revoked))));
    }
    clients.route();
    world.laws().check();
  }

  @Override
  public void leads(boolean leading) {
    send(new StickMemberEvent.Leads(leading));
  }

  @Override
  public void membersChanged(Set<MemberId> members) {
    send(new StickMemberEvent.MembersChanged(members));
  }
}
