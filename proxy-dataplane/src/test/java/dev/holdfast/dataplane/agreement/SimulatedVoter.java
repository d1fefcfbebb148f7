package dev.holdfast.dataplane.agreement;

import dev.holdfast.dataplane.agreement.member.MemberEvent;
import dev.holdfast.dataplane.agreement.vote.Voter;
import dev.holdfast.dataplane.agreement.vote.VoterEffect;
import dev.holdfast.dataplane.agreement.vote.VoterEvent;
import dev.holdfast.dataplane.agreement.vote.VoterPolicy;
import dev.holdfast.dataplane.agreement.vote.VoterState;
import dev.holdfast.dataplane.failover.Outcome;
import dev.holdfast.dataplane.failover.Reason;
import dev.holdfast.health.Health;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What one member's process finds out about backends: by checks, and by tries that may be mute. */
final class SimulatedVoter {
  private static final Duration TRY_DEADLINE = Duration.ofSeconds(1);

  private final Simulation world;
  private final SimulatedMember member;
  private VoterState state = VoterState.initial();
  private long ballots;
  private boolean deaf;

  SimulatedVoter(Simulation world, SimulatedMember member) {
    this.world = world;
    this.member = member;
  }

  void step(VoterEvent event) {
    var before = state.wakeAt();
    var step = Voter.step(state, event, policy(), now());
    state = step.state();
    step.effects().forEach(this::carryOut);
    var at = state.wakeAt();
    if (at != null && !at.equals(before)) {
      member.after(Duration.between(now(), at).plus(world.lateness()), () -> wake(at));
    }
  }

  private void wake(Instant at) {
    if (at.equals(state.wakeAt())) {
      step(new VoterEvent.Tick());
    }
  }

  private Instant now() {
    return Instant.EPOCH.plusNanos(member.now().nanos());
  }

  private VoterPolicy policy() {
    var policy = member.policy();
    return new VoterPolicy(
        policy.candidates(), TRY_DEADLINE, world.recheckInterval(), policy.verdictAge());
  }

  private void carryOut(VoterEffect effect) {
    switch (effect) {
      case VoterEffect.Try(var number, var candidate) ->
          world
              .answerTime(member.id(), candidate.name())
              .ifPresent(after ->
                  member.after(
                      after, () -> step(new VoterEvent.Tried(number, outcome(candidate.name())))));
      case VoterEffect.Cast() -> cast();
    }
  }

  private Outcome outcome(String backend) {
    return world.reaches(member.id(), backend)
        ? new Outcome.Connected()
        : new Outcome.Failed(Reason.ConnectRefused, "refused");
  }

  private void cast() {
    deaf = false;
    ballots++;
    var found = state.verdicts(policy(), now());
    var ballot = new MemberEvent.BallotCast(member.self(), ballots, found.verdicts(), found.age());
    member.send(ballot);
    world.toLeader(member, ballot);
  }

  /** The checks of all backends run. */
  void check() {
    for (var candidate : member.policy().candidates()) {
      var name = candidate.name();
      var verdict = world.reaches(member.id(), name) ? Health.Healthy : Health.Unhealthy;
      if (Optional.ofNullable(state.backends().get(name))
          .filter(backend -> backend.verdict() != verdict)
          .isPresent()) {
        step(new VoterEvent.Judged(name, verdict, "checked"));
      }
      step(new VoterEvent.Checked(name));
    }
  }

  /** However many fail, one client's failure is heard until something is found out. */
  void connectFailed(SimulatedMember.Route route) {
    if (!deaf) {
      deaf = true;
      step(new VoterEvent.Asked(List.of(route.backend())));
      deaf = true;
      world.toLeader(member, new MemberEvent.ConnectFailed(route.epoch()));
    }
  }
}
