package dev.holdfast.floatingip.group;

import dev.holdfast.floatingip.loop.GroupNotice;
import dev.holdfast.floatingip.loop.GroupNotice.CertificateExpiring;
import dev.holdfast.floatingip.loop.GroupNotice.MembersChanged;
import dev.holdfast.floatingip.loop.GroupNotice.MoveFailed;
import dev.holdfast.floatingip.loop.GroupNotice.PlanApplied;
import dev.holdfast.floatingip.loop.GroupNotice.PlanMade;
import dev.holdfast.floatingip.loop.GroupNotice.ProviderAway;
import dev.holdfast.floatingip.loop.GroupNotice.ProviderBack;
import dev.holdfast.floatingip.loop.GroupNotice.ServerHealthyAgain;
import dev.holdfast.floatingip.loop.GroupNotice.ServerUnhealthy;
import dev.holdfast.floatingip.plan.Plan;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line for each notice of a group. */
record NoticeLog(String group) {
  private static final Logger log = LoggerFactory.getLogger("dev.holdfast.floatingips");

  void write(GroupNotice notice) {
    switch (notice) {
      case ServerUnhealthy(var server, var failing, _) ->
          log.warn("{}: server {} is unhealthy: {}", group, server.name(), join(failing));
      case ServerHealthyAgain(var server, var unhealthyFor, _) ->
          log.info(
              "{}: server {} is healthy again, after {} s",
              group,
              server.name(),
              unhealthyFor.toSeconds());
      case MembersChanged(var changes) ->
          log.info(
              "{}: servers {} added, {} removed; floating IPs {} added, {} removed",
              group,
              changes.servers().added().size(),
              changes.servers().removed().size(),
              changes.floatingIps().added().size(),
              changes.floatingIps().removed().size());
      case PlanMade(var sequence, var id, var plan, var mode) ->
          log.info("{}: plan {} ({}, mode {}): {}", group, sequence, id, mode, steps(plan));
      case PlanApplied(var sequence, var id, var moved, _) ->
          log.info("{}: plan {} ({}) is done, {} moved", group, sequence, id, moved);
      case MoveFailed(var sequence, var id, var ip, var to, var outcome) ->
          log.warn("{}: plan {} ({}): {} to {}: {}", group, sequence, id, ip, to, outcome);
      case ProviderAway(var failure) ->
          log.warn("{}: the provider: {}: {}", group, failure.reason(), failure.message());
      case ProviderBack(var away) ->
          log.info("{}: the provider is back, after {} s", group, away.toSeconds());
      case CertificateExpiring(var server, var critical, var text) -> {
        var line = "{}: server {}: {}";
        if (critical) {
          log.error(line, group, server.name(), text);
        } else {
          log.warn(line, group, server.name(), text);
        }
      }
    }
  }

  private static String join(Iterable<String> parts) {
    return String.join("; ", parts);
  }

  private static String steps(Plan plan) {
    return plan.steps().stream()
        .map(step ->
            step.floatingIp().name()
                + " to "
                + step.to().name()
                + " ("
                + step.reason().name()
                + ")")
        .collect(Collectors.joining(", "));
  }
}
