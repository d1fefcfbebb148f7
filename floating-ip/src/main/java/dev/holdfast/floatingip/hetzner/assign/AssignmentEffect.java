package dev.holdfast.floatingip.hetzner.assign;

/** What to do next. Each is answered with exactly one event. */
public sealed interface AssignmentEffect {

  record ReadIp() implements AssignmentEffect {}

  /** Only if this process may write at this moment. */
  record Assign() implements AssignmentEffect {}

  /** Only if this process may write at this moment. */
  record Unassign() implements AssignmentEffect {}

  record ReadAction(long id) implements AssignmentEffect {}

  record ReadRunningAction() implements AssignmentEffect {}

  /**
   * @param address of the floating IP
   */
  record Probe(String address) implements AssignmentEffect {}
}
