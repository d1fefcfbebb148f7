package dev.holdfast.dataplane.relay.transport;

/** Which way bytes move through a pair. */
public enum Direction {
  ToBackend,
  ToClient
}
