package dev.holdfast.dataplane.hooks;

/**
 * How what a hook does ended.
 *
 * @param why it failed; empty when it succeeded
 */
record ActionResult(int code, boolean timedOut, String output, String why) {

  static ActionResult success(int code, String output) {
    return new ActionResult(code, false, output, "");
  }

  static ActionResult failure(int code, String output, String why) {
    return new ActionResult(code, false, output, why);
  }

  /** It came to nothing that has a code. */
  static ActionResult failure(String why) {
    return failure(HookRun.NO_CODE, "", why);
  }

  static ActionResult timeout(String output, String why) {
    return new ActionResult(HookRun.NO_CODE, true, output, why);
  }

  boolean succeeded() {
    return why.isEmpty();
  }
}
