package dev.holdfast.floatingip.hetzner.assign;

import dev.holdfast.floatingip.hetzner.assign.Outcome.Cause;
import dev.holdfast.floatingip.hetzner.assign.Phase.Purpose;
import dev.holdfast.floatingip.hetzner.assign.Phase.Reading;
import dev.holdfast.floatingip.hetzner.assign.Phase.Verifying;
import dev.holdfast.floatingip.hetzner.model.FloatingIp;
import dev.holdfast.floatingip.hetzner.model.Ipv6Network;
import java.time.Instant;
import java.util.Objects;

/** What a read of the IP means. */
final class Reads {
  /** A read may be older than the action that just ended. */
  private static final int MAX_CONFIRMATIONS = 3;

  private Reads() {}

  static Step of(AssignmentState state, FloatingIp ip, Instant now) {
    if (!(state.phase() instanceof Reading(var purpose))) {
      throw Assignment.unexpected(state, "the IP");
    }
    if (Objects.equals(ip.server(), state.move().to())) {
      return arrived(state, ip, now);
    }
    if (!Objects.equals(ip.server(), state.expected())) {
      return ip.server() == null && state.unassigning() && now.isBefore(state.deadline())
          ? state.unassigned().assign()
          : new Step.End(new Outcome.ForeignWriter(ip.server()));
    }
    if (!now.isBefore(state.deadline())) {
      return state.fail(state.last());
    }
    return switch (purpose) {
      case Begin -> state.assign();
      case Doubt ->
          state.writes() < state.policy().maxWrites() ? state.assign() : state.fail(state.last());
      case AlreadyAssigned -> state.expected() == null ? state.assign() : state.unassign();
      case Confirm -> unconfirmed(state.unconfirmed());
      case ActionFailed, TimeUp -> state.fail(state.last());
    };
  }

  private static Step arrived(AssignmentState state, FloatingIp ip, Instant now) {
    if (!state.written()) {
      return new Step.End(new Outcome.AlreadyThere());
    }
    if (!state.policy().verifies()) {
      return new Step.End(new Outcome.Moved(false));
    }
    var address =
        ip.address().indexOf(':') < 0 ? ip.address() : Ipv6Network.firstHost(ip.address());
    var verifying = new Verifying(address, now.plus(state.policy().verifyTimeout()));
    return new Step.Next(state.in(verifying), new AssignmentEffect.Probe(address), Pauses.NONE);
  }

  private static Step unconfirmed(AssignmentState state) {
    return state.confirmations() < MAX_CONFIRMATIONS
        ? state.read(Purpose.Confirm, Pauses.BEFORE_CONFIRMATION)
        : state.fail(new Cause.NoEffect());
  }
}
