package dev.holdfast.floatingip.loop;

import dev.holdfast.floatingip.hetzner.assign.Move;
import dev.holdfast.floatingip.hetzner.assign.Outcome;
import dev.holdfast.floatingip.hetzner.model.ApiFailure;
import dev.holdfast.floatingip.hetzner.model.CloudSnapshot;
import dev.holdfast.floatingip.hetzner.model.RateLimit;
import dev.holdfast.health.BackendHealth;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the machine of a group hears of. */
public sealed interface GroupEvent {

  /** Time has passed. */
  record Tick() implements GroupEvent {}

  /** This process may write from now on, or no more. */
  record LeadershipChanged(boolean leads) implements GroupEvent {}

  /**
   * @param otherSource the token, the endpoint or a selector changed, so that what was read and
   *     what is under way is of no use
   */
  record PolicyApplied(boolean otherSource) implements GroupEvent {}

  /** Other groups move these floating IPs from now on, and no others. */
  record Yielded(Set<Long> floatingIps) implements GroupEvent {
    public Yielded {
      floatingIps = Set.copyOf(floatingIps);
    }
  }

  /**
   * @param poll the number of the {@link GroupEffect.ReadCloud}
   * @param rateLimit null when no answer told it
   */
  record PollSucceeded(long poll, CloudSnapshot snapshot, @Nullable RateLimit rateLimit)
      implements GroupEvent {}

  record PollFailed(long poll, ApiFailure failure, @Nullable RateLimit rateLimit)
      implements GroupEvent {}

  /**
   * @param checks all that apply to the server, whether they have reported or not; none when none
   *     applies
   */
  record HealthObserved(long server, BackendHealth checks) implements GroupEvent {}

  record MoveEnded(Move move, Outcome outcome, @Nullable RateLimit rateLimit)
      implements GroupEvent {}
}
