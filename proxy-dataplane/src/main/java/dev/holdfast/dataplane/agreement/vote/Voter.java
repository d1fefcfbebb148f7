package dev.holdfast.dataplane.agreement.vote;

import java.time.Instant;
import java.util.List;

/**
 * Decides what one member tries and when it casts a ballot: when it found something out, new or
 * not, and when it is asked. A pure function: the same state, event, policy and time give the same
 * next state and effects.
 *
 * <p>Laws: of each backend at most one try is under way, and that ends by its deadline; what a try
 * found unusable is tried again, before its vote is void, until it is not.
 */
public final class Voter {
  private Voter() {}

  public record Step(VoterState state, List<VoterEffect> effects) {}

  public static Step step(VoterState state, VoterEvent event, VoterPolicy policy, Instant now) {
    var turn = new VoterTurn(state, policy, now);
    switch (event) {
      case VoterEvent.Configured() -> turn.follow();
      case VoterEvent.Judged(var backend, var verdict, var why) ->
          turn.judged(backend, verdict, why);
      case VoterEvent.Checked(var backend) -> turn.found(backend);
      case VoterEvent.Asked(var backends) -> turn.asked(backends);
      case VoterEvent.Tried(var number, var outcome) -> turn.tried(number, outcome);
      case VoterEvent.Tick() -> {}
    }
    turn.expire();
    turn.tryDueAgain();
    return turn.end();
  }
}
