package dev.holdfast.floatingip.hetzner.assign;

import dev.holdfast.floatingip.hetzner.model.ApiFailure;
import org.jspecify.annotations.Nullable;

/** How a move ended. */
public sealed interface Outcome {

  /** Nothing was written: the IP was at its server. */
  record AlreadyThere() implements Outcome {}

  /**
   * @param verified whether an answer came through the IP; false when nobody probed
   */
  record Moved(boolean verified) implements Outcome {}

  /** The API says moved, but nothing answers through the IP: its server may not own the address. */
  record Silent() implements Outcome {}

  /**
   * Somebody else moved the IP meanwhile. Not repeated: two that fight move it for ever.
   *
   * @param server where it is now; null for nowhere
   */
  record ForeignWriter(@Nullable Long server) implements Outcome {}

  /**
   * This process may write no more.
   *
   * @param written whether a write had been made: who writes next must look first
   */
  record Stopped(boolean written) implements Outcome {}

  /**
   * @param written whether a write had been made, so that the IP may have moved
   */
  record Failed(Cause cause, boolean written) implements Outcome {}

  /** Why a move failed. */
  sealed interface Cause {

    record Call(ApiFailure failure) implements Cause {}

    record ActionFailed(String code, String message) implements Cause {}

    /** The action succeeded, and the IP stayed where it was. */
    record NoEffect() implements Cause {}

    record TimedOut() implements Cause {}

    /** For conditions, events and metric labels. */
    default String reason() {
      return switch (this) {
        case Call(var failure) -> failure.reason();
        case ActionFailed _ -> "ActionFailed";
        case NoEffect _ -> "NoEffect";
        case TimedOut _ -> "TimedOut";
      };
    }

    default String message() {
      return switch (this) {
        case Call(var failure) -> failure.message();
        case ActionFailed(var code, var message) ->
            "the action failed: " + message + " (" + code + ")";
        case NoEffect _ -> "the action succeeded, but the IP is still at its old server";
        case TimedOut _ -> "the move did not end in time";
      };
    }
  }
}
