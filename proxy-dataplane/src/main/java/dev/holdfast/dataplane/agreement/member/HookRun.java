package dev.holdfast.dataplane.agreement.member;

import dev.holdfast.dataplane.agreement.Moment;

/** The hooks in this process. */
sealed interface HookRun {

  /** Of the newest run, from 1: the answer of a run that was given up is then no other's. */
  long run();

  record Idle(long run) implements HookRun {}

  record Running(long run, long fence, Moment deadline) implements HookRun {}

  /** They ended, which is to be committed. */
  record Ended(long run, long fence, boolean aborted) implements HookRun {}
}
