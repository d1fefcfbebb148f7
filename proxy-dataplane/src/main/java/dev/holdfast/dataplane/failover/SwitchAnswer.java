package dev.holdfast.dataplane.failover;

import dev.holdfast.dataplane.failover.FailoverMachine.Step;
import dev.holdfast.dataplane.failover.Phase.RunningHooks;
import dev.holdfast.dataplane.failover.Phase.Serving;

/** How far a person's wish for another primary has come. */
public sealed interface SwitchAnswer {

  /** Clients are admitted to it. */
  record Admitted(long epoch) implements SwitchAnswer {}

  /** It is chosen; clients are admitted once its hooks have ended. */
  record HooksRunning(long epoch) implements SwitchAnswer {}

  /** Whether it answers is not known yet; the primary goes on meanwhile. */
  record Asked() implements SwitchAnswer {}

  /**
   * @param why for people
   */
  record Refused(Refusal refusal, String why) implements SwitchAnswer {}

  /** Why there was no switch. */
  enum Refusal {
    UnknownBackend,
    NotActive,
    AlreadyPrimary,
    Unhealthy,
    Unreachable,
    ChangeUnderWay,
    /** Another change came first. */
    Overtaken
  }

  /** What the step says of the switch that it decided on, or that was asked for before it. */
  static SwitchAnswer of(Step step, String to) {
    for (var effect : step.effects()) {
      if (effect instanceof Effect.Tell(Notice.SwitchRefused(var name, var refusal, var why))
          && name.equals(to)) {
        return refusal == Refusal.AlreadyPrimary ? of(step.state(), to) : new Refused(refusal, why);
      }
    }
    return of(step.state(), to);
  }

  /** Where a switch stands that was not refused so far. */
  static SwitchAnswer of(FailoverState state, String to) {
    return switch (state.phase()) {
      case Serving(var primary, var challenge) when primary.name().equals(to) ->
          new Admitted(primary.epoch());
      case Serving(var primary, var challenge)
          when challenge != null
              && challenge.reason() == Reason.Switchover
              && challenge.candidate().name().equals(to) ->
          new Asked();
      case RunningHooks running when running.candidate().name().equals(to) ->
          new HooksRunning(running.epoch());
      case Phase _ ->
          new Refused(
              Refusal.Overtaken, "the primary changed meanwhile; look at the status and ask again");
    };
  }
}
