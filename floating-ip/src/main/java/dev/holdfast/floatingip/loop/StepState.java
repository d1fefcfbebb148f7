package dev.holdfast.floatingip.loop;

/** How far a step of a plan is. */
public enum StepState {
  Pending,
  Applying,
  Done,
  /** Tried again after a pause. */
  Failed
}
