package dev.holdfast.dataplane.relay;

/** Which way bytes move through a pair. */
enum Direction {
  ToBackend,
  ToClient
}
