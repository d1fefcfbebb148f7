package dev.holdfast.cli.client;

import dev.holdfast.api.GatewayDuration;
import dev.holdfast.api.dataplane.DataPlaneStatus;
import dev.holdfast.api.dataplane.ResourceStatus;
import dev.holdfast.cli.console.CommandFailed;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks for another primary and waits until there is one.
 *
 * @param timeout for the wait
 */
public record Switchover(AdminClient client, String to, boolean force, Duration timeout) {

  /**
   * @param resource {@code NAMESPACE/NAME}, or a name of the only namespace that has it; null for
   *     the only one
   * @return what to tell
   * @throws CommandFailed says why the target is not the primary
   */
  public String run(@Nullable String resource) throws IOException, InterruptedException {
    var target = choose(client.statuses(), resource);
    var before = target.primary() == null ? 0 : target.primary().epoch();
    var outcome = client.switchPrimary(target, to, force);
    var since = outcome.path("epoch").asLong(before + 1);
    return client
        .watch(
            () -> ended(choose(client.statuses(), ResourceChoice.nameOf(target)), since), timeout)
        .orElseThrow(() ->
            new CommandFailed(
                "%s is not the primary of %s yet after %s (%s); see `holdfast status -w`"
                    .formatted(
                        to,
                        ResourceChoice.nameOf(target),
                        GatewayDuration.format(timeout),
                        outcome.path("message").asText())));
  }

  private Optional<String> ended(DataPlaneStatus status, long since) {
    var primary = status.primary();
    if (primary == null) {
      return Optional.empty();
    }
    if (primary.name().equals(to)) {
      return Optional.of(
          "%s is the primary of %s, epoch %d"
              .formatted(to, ResourceChoice.nameOf(status), primary.epoch()));
    }
    if (primary.epoch() >= since) {
      throw new CommandFailed(
          "%s did not become the primary of %s%s; it is %s, epoch %d"
              .formatted(
                  to, ResourceChoice.nameOf(status), why(status), primary.name(), primary.epoch()));
    }
    return Optional.empty();
  }

  private String why(DataPlaneStatus status) {
    return status.backends().stream()
        .filter(backend -> backend.name().equals(to) && backend.reason() != null)
        .map(backend -> " (" + backend.reason() + ")")
        .findFirst()
        .orElse("");
  }

  static DataPlaneStatus choose(List<ResourceStatus> statuses, @Nullable String resource) {
    return ResourceChoice.choose(statuses, DataPlaneStatus.class, "FailoverProxy", resource);
  }
}
