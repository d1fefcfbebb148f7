package dev.holdfast.floatingip.plan;

import java.util.OptionalLong;

/** One change: a floating IP shall point at a server. */
public sealed interface Step {

  FloatingIp floatingIp();

  Server to();

  MoveReason reason();

  /** The id of the server that it points at now. */
  default OptionalLong from() {
    return floatingIp().server();
  }

  /** It points nowhere yet. */
  record Assign(FloatingIp floatingIp, Server to) implements Step {
    @Override
    public MoveReason reason() {
      return MoveReason.Unassigned;
    }
  }

  /** It is taken from one server of the group to another. */
  record Move(FloatingIp floatingIp, Server to, MoveReason reason) implements Step {}
}
