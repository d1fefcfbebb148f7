package dev.holdfast.dataplane.relay;

/**
 * What happens to a client that connects now: one immutable value behind one atomic reference, read
 * once for every client.
 */
public sealed interface Admission {

  /** Relay to the target. */
  record Open(Target target) implements Admission {}

  /** Accept and park until a target is there, within the relay's limits on count and time. */
  record Hold() implements Admission {}

  /** No listening socket: the kernel refuses. */
  record Refuse() implements Admission {}

  /** Accept and close at once. */
  record Close() implements Admission {}
}
