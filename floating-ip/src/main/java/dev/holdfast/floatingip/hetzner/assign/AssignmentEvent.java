package dev.holdfast.floatingip.hetzner.assign;

import dev.holdfast.floatingip.hetzner.model.Action;
import dev.holdfast.floatingip.hetzner.model.ApiFailure;
import dev.holdfast.floatingip.hetzner.model.FloatingIp;
import org.jspecify.annotations.Nullable;

/** What became of the last effect. */
public sealed interface AssignmentEvent {

  record IpRead(FloatingIp ip) implements AssignmentEvent {}

  /** The API took the write; its action may still run, or fail. */
  record Accepted(Action action) implements AssignmentEvent {}

  /**
   * @param action null when the API knows it no more
   */
  record ActionRead(@Nullable Action action) implements AssignmentEvent {}

  /**
   * @param action that runs on the IP, whoever began it; null when none does
   */
  record RunningActionRead(@Nullable Action action) implements AssignmentEvent {}

  record Probed(boolean answered) implements AssignmentEvent {}

  record CallFailed(ApiFailure failure) implements AssignmentEvent {}

  /** The write was not made, because somebody else may write by now. */
  record NotAllowed() implements AssignmentEvent {}
}
