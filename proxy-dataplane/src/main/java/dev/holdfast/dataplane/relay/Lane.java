package dev.holdfast.dataplane.relay;

import dev.holdfast.dataplane.relay.transport.Transport;
import io.netty.channel.EventLoop;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A relay's part on one event loop: its clients, deadlines and lookups. On that loop only. */
final class Lane implements AutoCloseable {
  final EventLoop loop;
  final TimerWheel deadlines;
  final NameResolver names;
  final Transport transport;
  final SpareDescriptor spare = new SpareDescriptor();
  private final Set<Client> clients = new LinkedHashSet<>();

  Lane(EventLoop loop, NameResolver names, Transport transport) {
    this.loop = loop;
    this.names = names;
    this.transport = transport;
    deadlines = new TimerWheel(loop);
  }

  void add(Client client) {
    clients.add(client);
  }

  void remove(Client client) {
    clients.remove(client);
  }

  /** Cuts what is linked under an older epoch; who is still connecting looks again when linked. */
  void sever(long olderThanEpoch) {
    for (var client : List.copyOf(clients)) {
      client.sever(olderThanEpoch);
    }
  }

  void severRevoked() {
    List.copyOf(clients).forEach(Client::severRevoked);
  }

  void cutAll() {
    List.copyOf(clients).forEach(Client::cut);
  }

  /** When there is no client any more. */
  @Override
  public void close() {
    names.close();
    spare.close();
  }
}
