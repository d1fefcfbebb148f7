package dev.holdfast.dataplane.relay;

import dev.holdfast.dataplane.relay.RelayEvents.ListenerState;
import dev.holdfast.dataplane.relay.RelayOptions.Listen;
import dev.holdfast.dataplane.relay.transport.ListeningSocket;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * All sockets of one address, being served.
 *
 * @param listen what was asked for
 * @param address what was bound, which differs where there is no IPv6
 */
record BoundListener(Listen listen, String address, int port, List<ListeningSocket> sockets) {

  ListenerState state() {
    return new ListenerState.Open(address, port);
  }

  CompletableFuture<Void> close(boolean takeQueued) {
    return CompletableFuture.allOf(
        sockets.stream()
            .map(socket -> socket.close(takeQueued))
            .toArray(CompletableFuture<?>[]::new));
  }
}
