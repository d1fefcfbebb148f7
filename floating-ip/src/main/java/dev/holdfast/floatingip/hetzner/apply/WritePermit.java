package dev.holdfast.floatingip.hetzner.apply;

/** Whether this process may write now: it leads, and the plan is still the newest one. */
@FunctionalInterface
public interface WritePermit {

  /** Asked directly before each write. */
  boolean granted();
}
