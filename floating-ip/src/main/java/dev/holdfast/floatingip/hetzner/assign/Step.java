package dev.holdfast.floatingip.hetzner.assign;

import java.time.Duration;

/** What an assignment answers to an event. */
public sealed interface Step {

  /**
   * @param state to be given back with the effect's event
   * @param pause before the effect
   */
  record Next(AssignmentState state, AssignmentEffect effect, Duration pause) implements Step {

    Next within(Duration left) {
      return pause.compareTo(left) <= 0 ? this : new Next(state, effect, left);
    }
  }

  record End(Outcome outcome) implements Step {}
}
