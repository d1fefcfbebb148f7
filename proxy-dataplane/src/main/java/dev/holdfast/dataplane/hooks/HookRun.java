package dev.holdfast.dataplane.hooks;

import java.time.Duration;

/**
 * How one hook ended.
 *
 * @param backend for which it ran
 * @param code exit code (128 and a signal's number when it was killed), or HTTP status; -1 when
 *     there is none
 * @param output the end of what it printed or answered, 1 KiB at most
 * @param why it failed; empty when it succeeded
 */
public record HookRun(
    String hook,
    String backend,
    int code,
    Duration took,
    boolean timedOut,
    String output,
    String why) {
  public static final int NO_CODE = -1;

  public boolean succeeded() {
    return why.isEmpty();
  }
}
