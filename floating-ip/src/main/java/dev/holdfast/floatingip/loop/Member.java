package dev.holdfast.floatingip.loop;

import dev.holdfast.floatingip.hetzner.model.Server;
import dev.holdfast.floatingip.plan.Health;
import dev.holdfast.health.BackendHealth;
import dev.holdfast.health.CheckState;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A server of the group and what its checks say.
 *
 * @param reported whether it is known which checks apply to it
 * @param since by check, when its verdict changed last
 * @param healthSince when the verdict on the server changed last
 */
record Member(
    Server server,
    BackendHealth checks,
    boolean reported,
    Map<String, Instant> since,
    Instant healthSince) {

  Member {
    since = Map.copyOf(since);
  }

  static Member unknown(Server server, Instant now) {
    return new Member(server, BackendHealth.none(), false, Map.of(), now);
  }

  Member with(Server newer) {
    return new Member(newer, checks, reported, since, healthSince);
  }

  Member observed(BackendHealth newer, Instant now) {
    var changed = new HashMap<String, Instant>();
    newer
        .checks()
        .forEach((name, state) -> {
          var before = checks.checks().getOrDefault(name, CheckState.unknown()).health();
          changed.put(name, state.health() == before ? since.getOrDefault(name, now) : now);
        });
    var next = new Member(server, newer, true, changed, healthSince);
    return next.health() == health() ? next : new Member(server, newer, true, changed, now);
  }

  /** A server without checks is healthy; else every check must have reported. */
  Health health() {
    if (!reported) {
      return Health.Unknown;
    }
    if (checks.checks().isEmpty()) {
      return Health.Healthy;
    }
    return switch (checks.verdict()) {
      case Healthy -> Health.Healthy;
      case Unhealthy -> Health.Unhealthy;
      case Unknown -> Health.Unknown;
    };
  }

  /** For people, by name: each check that says unhealthy, and why. */
  List<String> failing() {
    return new TreeMap<>(checks.checks())
        .entrySet().stream()
            .filter(entry -> entry.getValue().health() == dev.holdfast.health.Health.Unhealthy)
            .map(entry -> "check " + entry.getKey() + ": " + entry.getValue().why())
            .toList();
  }
}
