package dev.holdfast.cli.run;

import org.jspecify.annotations.Nullable;

/** What a run waits for, one after the other. */
sealed interface RunEvent {

  /** Read the manifests again; {@code why} is for the log. */
  record Reload(String why) implements RunEvent {}

  /** End; {@code why} is for the log. */
  record Stop(String why) implements RunEvent {}

  /** Go no further; the message is for the user. */
  record Fail(String message) implements RunEvent {}

  /**
   * Every connection has ended, or was cut when its time was up.
   *
   * @param failure null when all went well
   */
  record Drained(@Nullable Throwable failure) implements RunEvent {}
}
