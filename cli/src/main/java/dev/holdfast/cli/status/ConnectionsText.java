package dev.holdfast.cli.status;

import dev.holdfast.api.dataplane.DataPlaneStatus.ConnectionCounts;

/** Says how many connections there are and were. */
final class ConnectionsText {
  private ConnectionsText() {}

  static String of(ConnectionCounts counts) {
    return "%d open, %d held; %d accepted, %d rejected, %d failed connects"
        .formatted(
            counts.open(),
            counts.held(),
            counts.accepted(),
            counts.rejected(),
            counts.connectFailures());
  }
}
