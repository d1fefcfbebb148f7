package dev.holdfast.dataplane.relay;

/** Whether the relay has moved bytes to the backend, and no more since it was asked last. */
final class Standstill {
  private final RelayFixture relay;
  private long last;

  Standstill(RelayFixture relay) {
    this.relay = relay;
  }

  boolean reached() {
    var before = last;
    last = moved();
    return last > 0 && last == before;
  }

  long moved() {
    return relay.server.counts().backends().values().stream()
        .mapToLong(ConnectionCounts.Backend::bytesToBackend)
        .sum();
  }
}
