package dev.holdfast.health.process;

import java.time.Duration;

/**
 * How a program ended. When it is known, everything that the program left running in its process
 * group has been sent SIGKILL.
 *
 * <p>A {@code tail} is the end of what was written to stdout and stderr, 1 KiB at most, without
 * control characters other than line ends and tabs. It may hold anything that the program prints.
 */
public sealed interface ProcessResult {

  record Exited(int code, String tail, Duration took) implements ProcessResult {}

  /** Ended by a signal, or with 128 and a signal's number as shells say it. */
  record Killed(int signal, String tail, Duration took) implements ProcessResult {}

  record TimedOut(Duration timeout, String tail) implements ProcessResult {}

  /**
   * @param reason what was expected and what was found
   */
  record CannotStart(String reason) implements ProcessResult {}

  /**
   * Nothing is wrong with the program: there was no descriptor, process, thread or place for it.
   *
   * @param reason what was wanted and what was found
   */
  record NoResources(String reason) implements ProcessResult {}

  /** For people, without the tail: {@code exit code 3}. */
  default String summary() {
    return switch (this) {
      case Exited(var code, var tail, var took) -> "exit code " + code;
      case Killed(var signal, var tail, var took) -> "killed by signal " + signal;
      case TimedOut(var timeout, var tail) -> "killed after " + timeout.toMillis() + "ms";
      case CannotStart(var reason) -> "cannot start: " + reason;
      case NoResources(var reason) -> "cannot start now: " + reason;
    };
  }
}
