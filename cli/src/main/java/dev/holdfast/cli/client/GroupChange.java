package dev.holdfast.cli.client;

import dev.holdfast.api.dataplane.StickyBalancerReport;
import dev.holdfast.api.dataplane.StickyBalancerReport.Group;
import dev.holdfast.cli.console.CommandFailed;
import dev.holdfast.cli.console.Plural;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Wishes another state of a group, until the configuration wishes another one itself.
 *
 * @param group its name, or its number
 * @param state Active, Draining or Disabled
 */
public record GroupChange(AdminClient client, String group, String state) {
  private static final String AS_CONFIGURED = "Spec";

  /**
   * @param resource {@code NAMESPACE/NAME}, or a name of the only namespace that has it; null for
   *     the only one that has such a group
   * @return what to tell
   * @throws CommandFailed when it is refused, or not clear which group is meant
   */
  public String run(@Nullable String resource) throws IOException, InterruptedException {
    var balancer = choose(resource);
    var wanted = groupOf(balancer);
    client.changeGroup(balancer, wanted.id(), state);
    return told(balancer, groupOf(choose(ResourceChoice.nameOf(balancer))));
  }

  private StickyBalancerReport choose(@Nullable String resource)
      throws IOException, InterruptedException {
    return ResourceChoice.choose(
        client.statuses(), StickyBalancerReport.class, "StickyBalancer", resource);
  }

  private Group groupOf(StickyBalancerReport balancer) {
    return balancer.groups().stream()
        .filter(found -> found.name().equals(group) || Integer.toString(found.id()).equals(group))
        .findFirst()
        .orElseThrow(() ->
            new CommandFailed(
                "expected a group of %s, %s, found '%s'"
                    .formatted(ResourceChoice.nameOf(balancer), names(balancer.groups()), group)));
  }

  private static String names(List<Group> groups) {
    return groups.stream().map(Group::name).collect(Collectors.joining(" or "));
  }

  private static String told(StickyBalancerReport balancer, Group now) {
    var why = now.cause().equals(AS_CONFIGURED) ? "" : " (" + now.cause() + ")";
    return "%s of %s is %s%s: %s, %s"
        .formatted(
            now.name(),
            ResourceChoice.nameOf(balancer),
            now.effective(),
            why,
            Plural.of(now.keys(), "key"),
            Plural.of(now.connections(), "open connection"));
  }
}
