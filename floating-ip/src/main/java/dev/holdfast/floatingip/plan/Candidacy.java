package dev.holdfast.floatingip.plan;

import dev.holdfast.floatingip.plan.KeepReason.AllUnhealthy;
import dev.holdfast.floatingip.plan.KeepReason.HealthUnknown;
import java.util.List;
import java.util.Optional;

/**
 * Who may gain floating IPs, by health.
 *
 * @param servers those that may
 * @param keepers those that gain and lose none, because their health is not known
 * @param nobody why nothing is planned at all
 */
record Candidacy(List<Server> servers, List<Server> keepers, Optional<KeepReason> nobody) {

  static Candidacy of(List<Server> servers, PlannerPolicy policy) {
    var healthy = with(Health.Healthy, servers);
    var keepers =
        policy.applyWithUnknownHealth() ? List.<Server>of() : with(Health.Unknown, servers);
    if (!healthy.isEmpty() || servers.isEmpty()) {
      return new Candidacy(healthy, keepers, Optional.empty());
    }
    if (!keepers.isEmpty()) {
      return new Candidacy(List.of(), keepers, Optional.of(new HealthUnknown()));
    }
    return switch (policy.whenAllUnhealthy()) {
      case Spread -> new Candidacy(servers, List.of(), Optional.empty());
      case Keep -> new Candidacy(List.of(), List.of(), Optional.of(new AllUnhealthy()));
    };
  }

  private static List<Server> with(Health health, List<Server> servers) {
    return servers.stream().filter(server -> server.health() == health).toList();
  }
}
