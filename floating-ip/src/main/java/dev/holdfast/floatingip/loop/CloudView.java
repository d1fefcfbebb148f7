package dev.holdfast.floatingip.loop;

import dev.holdfast.floatingip.hetzner.assign.Move;
import dev.holdfast.floatingip.hetzner.model.FloatingIp;
import dev.holdfast.floatingip.hetzner.model.Server;
import dev.holdfast.floatingip.plan.Health;
import dev.holdfast.floatingip.plan.Observed;
import dev.holdfast.floatingip.plan.Step;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Between what the provider tells and what the planner knows. */
public final class CloudView {

  private CloudView() {}

  /**
   * @param health by server id; a server without one is Unknown
   */
  public static Observed observed(
      List<Server> servers, List<FloatingIp> floatingIps, Map<Long, Health> health) {
    return new Observed(
        servers.stream()
            .map(server -> planned(server, health.getOrDefault(server.id(), Health.Unknown)))
            .toList(),
        floatingIps.stream().map(CloudView::planned).toList());
  }

  /** In the same order. */
  public static List<Move> moves(List<Step> steps) {
    return steps.stream()
        .map(step ->
            new Move(
                step.floatingIp().id(),
                step.from().isPresent() ? Long.valueOf(step.from().getAsLong()) : null,
                step.to().id()))
        .toList();
  }

  private static dev.holdfast.floatingip.plan.Server planned(Server server, Health health) {
    return new dev.holdfast.floatingip.plan.Server(
        server.id(),
        server.name(),
        server.location().name(),
        server.location().networkZone(),
        server.index(),
        health);
  }

  private static dev.holdfast.floatingip.plan.FloatingIp planned(FloatingIp ip) {
    return new dev.holdfast.floatingip.plan.FloatingIp(
        ip.id(),
        ip.name(),
        ip.home().name(),
        ip.home().networkZone(),
        ip.index(),
        ip.server() == null ? OptionalLong.empty() : OptionalLong.of(ip.server()));
  }
}
