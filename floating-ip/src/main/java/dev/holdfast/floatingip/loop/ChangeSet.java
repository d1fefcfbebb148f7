package dev.holdfast.floatingip.loop;

import dev.holdfast.floatingip.hetzner.model.FloatingIp;
import dev.holdfast.floatingip.hetzner.model.Server;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;

/** How the group of one poll differs from that of the poll before. */
public record ChangeSet(Changes<Server> servers, Changes<FloatingIp> floatingIps) {

  /** Each list is ordered by id; what was updated is in its new form. */
  public record Changes<T>(List<T> added, List<T> removed, List<T> updated) {

    public Changes {
      added = List.copyOf(added);
      removed = List.copyOf(removed);
      updated = List.copyOf(updated);
    }

    public boolean isEmpty() {
      return added.isEmpty() && removed.isEmpty() && updated.isEmpty();
    }
  }

  /** What a server is to a group: other changes of it are none. */
  private record ServerIdentity(
      String name,
      String location,
      String zone,
      OptionalInt index,
      Optional<String> ipv4,
      Optional<String> ipv6) {}

  /** What a floating IP is to a group: other changes of it are none. */
  private record IpIdentity(
      String name,
      String location,
      String zone,
      String address,
      OptionalInt index,
      Optional<Long> server) {}

  static ChangeSet between(
      List<Server> serversBefore,
      List<Server> servers,
      List<FloatingIp> ipsBefore,
      List<FloatingIp> ips) {
    return new ChangeSet(
        changes(serversBefore, servers, Server::id, ChangeSet::identity),
        changes(ipsBefore, ips, FloatingIp::id, ChangeSet::identity));
  }

  public boolean isEmpty() {
    return servers.isEmpty() && floatingIps.isEmpty();
  }

  /** Whether anything came or went, which people are told of. */
  public boolean membersChanged() {
    return !(servers.added().isEmpty()
        && servers.removed().isEmpty()
        && floatingIps.added().isEmpty()
        && floatingIps.removed().isEmpty());
  }

  private static <T> Changes<T> changes(
      List<T> before, List<T> after, Function<T, Long> id, Function<T, Record> identity) {
    var old = byId(before, id);
    var now = byId(after, id);
    return new Changes<>(
        sorted(now, key -> !old.containsKey(key)),
        sorted(old, key -> !now.containsKey(key)),
        sorted(
            now,
            key -> {
              var was = old.get(key);
              var is = now.get(key);
              return was != null && is != null && !identity.apply(was).equals(identity.apply(is));
            }));
  }

  private static <T> Map<Long, T> byId(List<T> items, Function<T, Long> id) {
    return items.stream().collect(Collectors.toMap(id, item -> item));
  }

  private static <T> List<T> sorted(Map<Long, T> items, Function<Long, Boolean> wanted) {
    return items.entrySet().stream()
        .filter(entry -> wanted.apply(entry.getKey()))
        .sorted(Map.Entry.comparingByKey())
        .map(Map.Entry::getValue)
        .toList();
  }

  private static Record identity(Server server) {
    return new ServerIdentity(
        server.name(),
        server.location().name(),
        server.location().networkZone(),
        server.index(),
        Optional.ofNullable(server.ipv4()),
        Optional.ofNullable(server.ipv6()));
  }

  private static Record identity(FloatingIp ip) {
    return new IpIdentity(
        ip.name(),
        ip.home().name(),
        ip.home().networkZone(),
        ip.address(),
        ip.index(),
        Optional.ofNullable(ip.server()));
  }
}
