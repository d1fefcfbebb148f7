package dev.holdfast.cli.demo;

import dev.holdfast.api.dataplane.FloatingIpGroupReport;
import dev.holdfast.api.v1alpha1.FloatingIpGroupStatus.FloatingIpStatus;
import dev.holdfast.api.v1alpha1.FloatingIpGroupStatus.ServerStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tells in plain sentences what has changed in a group of floating IPs. */
final class GroupNews {
  private GroupNews() {}

  /**
   * @param before null for the first status
   */
  static List<String> since(@Nullable FloatingIpGroupReport before, FloatingIpGroupReport now) {
    var news = new ArrayList<String>();
    if (before == null || before.ips() == 0) {
      now.floatingIps().forEach(ip -> news.add(pointsTo(ip)));
      return news;
    }
    var servers = byId(before.servers(), ServerStatus::id);
    var ips = byId(before.floatingIps(), FloatingIpStatus::id);
    for (var server : now.servers()) {
      var old = servers.get(server.id());
      if (old != null && !old.health().equals(server.health())) {
        news.add(health(server));
      }
    }
    for (var ip : now.floatingIps()) {
      var old = ips.get(ip.id());
      if (old == null || !Objects.equals(old.server(), ip.server())) {
        news.add(pointsTo(ip));
      }
    }
    return news;
  }

  private static String health(ServerStatus server) {
    return switch (server.health()) {
      case "Healthy" -> server.name() + " is healthy.";
      case "Unhealthy" -> server.name() + " is unhealthy.";
      default -> "The health of " + server.name() + " is not known.";
    };
  }

  private static String pointsTo(FloatingIpStatus ip) {
    return "%s (%s) points to %s."
        .formatted(ip.name(), ip.ip(), Objects.requireNonNullElse(ip.server(), "no server"));
  }

  private static <T> Map<Long, T> byId(List<T> all, Function<T, Long> id) {
    return all.stream().collect(Collectors.toMap(id, Function.identity()));
  }
}
