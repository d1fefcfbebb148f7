package dev.holdfast.floatingip.resource;

import dev.holdfast.api.v1alpha1.FloatingIpGroupStatus.CheckStatus;
import dev.holdfast.api.v1alpha1.FloatingIpGroupStatus.FloatingIpStatus;
import dev.holdfast.api.v1alpha1.FloatingIpGroupStatus.LastApplied;
import dev.holdfast.api.v1alpha1.FloatingIpGroupStatus.PlanStatus;
import dev.holdfast.api.v1alpha1.FloatingIpGroupStatus.RateLimitStatus;
import dev.holdfast.api.v1alpha1.FloatingIpGroupStatus.ServerStatus;
import dev.holdfast.api.v1alpha1.FloatingIpGroupStatus.StepStatus;
import dev.holdfast.floatingip.loop.GroupStatus;
import dev.holdfast.floatingip.loop.GroupStatus.FloatingIpState;
import dev.holdfast.floatingip.loop.GroupStatus.PlanState;
import dev.holdfast.floatingip.loop.GroupStatus.ServerState;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What a group says of itself in the form of the resource's status. What the schema has no room for
 * is cut.
 */
public record StatusForm(
    List<ServerStatus> servers,
    List<FloatingIpStatus> floatingIps,
    @Nullable PlanStatus plan,
    @Nullable LastApplied lastApplied,
    @Nullable RateLimitStatus rateLimit) {
  private static final int MAX_SERVERS = 256;
  private static final int MAX_IPS = 1024;
  private static final int MAX_STEPS = 1024;
  private static final int MAX_CHECKS = 32;

  public static StatusForm of(GroupStatus status) {
    return new StatusForm(
        status.servers().stream().limit(MAX_SERVERS).map(StatusForm::server).toList(),
        status.floatingIps().stream().limit(MAX_IPS).map(StatusForm::floatingIp).toList(),
        status.plan().map(StatusForm::plan).orElse(null),
        status
            .lastApplied()
            .map(last -> new LastApplied(last.id(), text(last.at()), last.moved(), last.failed()))
            .orElse(null),
        status
            .rateLimit()
            .map(limit -> new RateLimitStatus(limit.limit(), limit.remaining()))
            .orElse(null));
  }

  private static ServerStatus server(ServerState server) {
    return new ServerStatus(
        server.id(),
        server.name(),
        server.location(),
        index(server.index()),
        server.health().name(),
        server.checks().stream()
            .limit(MAX_CHECKS)
            .map(check ->
                new CheckStatus(
                    check.name(), check.family(), check.health().name(), text(check.since())))
            .toList());
  }

  private static FloatingIpStatus floatingIp(FloatingIpState ip) {
    return new FloatingIpStatus(
        ip.id(),
        ip.name(),
        ip.address(),
        ip.location(),
        index(ip.index()),
        ip.server().orElse(null),
        ip.wanted().orElse(null),
        ip.state().name(),
        ip.reason());
  }

  private static PlanStatus plan(PlanState plan) {
    return new PlanStatus(
        plan.id(),
        plan.sequence(),
        text(plan.computedAt()),
        plan.steps().stream()
            .limit(MAX_STEPS)
            .map(step ->
                new StepStatus(
                    step.floatingIp(),
                    step.from().orElse(null),
                    step.to(),
                    step.reason(),
                    step.state().name()))
            .toList());
  }

  private static @Nullable Integer index(OptionalInt index) {
    return index.isPresent() ? index.getAsInt() : null;
  }

  private static String text(Instant at) {
    return at.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
