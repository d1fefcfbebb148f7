package dev.holdfast.dataplane.agreement;

import dev.holdfast.dataplane.agreement.ledger.Command;
import dev.holdfast.dataplane.agreement.ledger.Ledger;
import dev.holdfast.dataplane.agreement.member.MemberEffect;
import dev.holdfast.dataplane.agreement.member.MemberEvent;
import dev.holdfast.dataplane.agreement.member.MemberMachine;
import dev.holdfast.dataplane.agreement.member.MemberPolicy;
import dev.holdfast.dataplane.agreement.member.MemberState;
import dev.holdfast.dataplane.agreement.vote.VoterEvent;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One process of a member: its machine, its clock, its connections and its hooks. While it is
 * stopped nothing in it moves, and all that happens to it waits.
 */
final class SimulatedMember implements SimulatedProcess, ReplicatedLog.Applier<Command, Ledger> {

  /** Where a client's bytes go. */
  record Route(String backend, long epoch) {}

  private final Simulation world;
  private final Incarnation self;
  private final DriftingClock clock;
  private final MemberLog<Command, Ledger> log;
  private final Deque<Runnable> inbox = new ArrayDeque<>();
  private final Set<Route> relays = new HashSet<>();
  private MemberPolicy policy;
  private MemberState state;
  private Process process = Process.Running;
  private @Nullable Route open;
  private boolean gated;
  private @Nullable Moment until;
  private long hooksRun;
  private final SimulatedVoter voter;

  SimulatedMember(
      Simulation world,
      Incarnation self,
      DriftingClock clock,
      LogModel<Command, Ledger> model,
      MemberPolicy policy) {
    this.world = world;
    this.self = self;
    this.clock = clock;
    this.policy = policy;
    log = model.open(self.member(), this);
    state = MemberState.initial(self, log.disk(), clock.now());
    voter = new SimulatedVoter(world, this);
  }

  Incarnation self() {
    return self;
  }

  void find(VoterEvent event) {
    inProcess(() -> voter.step(event));
  }

  void check() {
    inProcess(voter::check);
  }

  public MemberId id() {
    return self.member();
  }

  MemberLog<Command, Ledger> log() {
    return log;
  }

  MemberState state() {
    return state;
  }

  MemberPolicy policy() {
    return policy;
  }

  Moment now() {
    return clock.now();
  }

  public boolean is(Process expected) {
    return process == expected;
  }

  @Nullable Route open() {
    return open;
  }

  /** Where bytes of clients can go from this process now. */
  Set<Route> live() {
    if (process != Process.Running || gated) {
      return Set.of();
    }
    if (relays.isEmpty()) {
      return open == null ? Set.of() : Set.of(open);
    }
    var live = new HashSet<>(relays);
    if (open != null) {
      live.add(open);
    }
    return live;
  }

  boolean runsHooks() {
    return process == Process.Running && hooksRun > 0;
  }

  void configure(MemberPolicy next) {
    inProcess(() -> {
      if (next.generation() > policy.generation()) {
        policy = next;
        voter.step(new VoterEvent.Configured());
        step(new MemberEvent.PolicyApplied());
      }
    });
  }

  void send(MemberEvent event) {
    inProcess(() -> step(event));
  }

  /** A client comes, and stays until it is cut. */
  void client() {
    if (process == Process.Running
        && open != null
        && until != null
        && clock.now().isBefore(until)
        && !gated) {
      relays.add(open);
      if (!world.reaches(id(), open.backend())) {
        voter.connectFailed(open);
      }
    }
  }

  public void stop() {
    process = Process.Stopped;
  }

  /** What accepts or moves bytes asks for the time first, and so does nothing on an old lease. */
  public void goOn() {
    process = Process.Running;
    gated = until != null && !clock.now().isBefore(until) && !(open == null && relays.isEmpty());
    while (process == Process.Running && !inbox.isEmpty()) {
      inbox.poll().run();
    }
    world.laws().check();
  }

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

  void after(Duration local, Runnable task) {
    world.queue().after(clock.trueTime(local), () -> inProcess(task));
  }

  private void step(MemberEvent event) {
    var before = state.wakeAt();
    var step = MemberMachine.step(state, event, policy, clock.now());
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
      step(new MemberEvent.Tick());
    }
  }

  private void carryOut(MemberEffect effect) {
    switch (effect) {
      case MemberEffect.Propose(var command) -> log.propose(command);
      case MemberEffect.Admit(var target, var epoch, var end) -> {
        world.laws().admitted(self, epoch);
        open = new Route(target.name(), epoch);
        until = end;
      }
      case MemberEffect.Prolong(var end) -> until = end;
      case MemberEffect.Withdraw() -> open = null;
      case MemberEffect.Sever() -> after(world.lateness(), this::severed);
      case MemberEffect.RunHooks(var run, var tenure, var before) -> {
        if (clock.now().isBefore(before)) {
          hooksRun = run;
          world.laws().hooksBegan(self, tenure.epoch());
          world.hooks(this, run);
        }
      }
      case MemberEffect.CancelHooks(var run) -> hooksRun = 0;
      case MemberEffect.AskVerdicts(var backends) -> world.askVerdicts(this, backends);
    }
  }

  private void severed() {
    relays.clear();
    gated = false;
    step(new MemberEvent.Severed());
  }

  /** After this long of true time its hooks have ended, unless they were given up. */
  void endHooks(long run, boolean aborted, Duration after) {
    after(
        after,
        () -> {
          if (hooksRun == run) {
            hooksRun = 0;
            step(new MemberEvent.HooksEnded(run, aborted));
          }
        });
  }

  @Override
  public void apply(long index, Command command) {
    send(new MemberEvent.Applied(index, command));
  }

  @Override
  public Ledger snapshot() {
    return state.ledger();
  }

  @Override
  public void install(long index, Ledger snapshot) {
    send(new MemberEvent.Installed(snapshot));
  }

  @Override
  public void leads(boolean leading) {
    send(new MemberEvent.Leads(leading));
  }

  @Override
  public void membersChanged(Set<MemberId> members) {
    send(new MemberEvent.MembersChanged(members));
  }
}
