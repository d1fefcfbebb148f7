package dev.holdfast.floatingip.resource;

import dev.holdfast.floatingip.group.GroupConfig;
import dev.holdfast.floatingip.group.GroupSurroundings;
import dev.holdfast.floatingip.hetzner.ApiException;
import dev.holdfast.floatingip.hetzner.HetznerClient;
import dev.holdfast.floatingip.hetzner.Pacer;
import dev.holdfast.floatingip.hetzner.apply.CloudReader;
import dev.holdfast.floatingip.hetzner.model.CloudSnapshot;
import dev.holdfast.floatingip.hetzner.model.FloatingIp;
import dev.holdfast.floatingip.hetzner.model.Server;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** Takes the floating IPs of a group that is to be no more off its servers. */
public final class Unassignment {
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration READ_TIMEOUT = Duration.ofSeconds(10);

  /** What became of it. */
  public sealed interface Outcome {

    /**
     * @param floatingIps that pointed at a server of the group
     */
    record Done(int floatingIps) implements Outcome {}

    /** Some may still point at a server of the group. */
    record GivenUp(String reason) implements Outcome {}
  }

  private final HetznerClient client;
  private final CloudReader reader;
  private final Pacer pacer;
  private final Set<Long> kept;
  private final BooleanSupplier leads;
  private final Set<Long> written = new HashSet<>();

  private Unassignment(
      GroupConfig group, GroupSurroundings around, Set<Long> kept, BooleanSupplier leads) {
    var random = new Random();
    pacer = around.pacer();
    client = new HetznerClient(group.api(), around.transport(), pacer, random);
    reader = new CloudReader(client, group.serverSelector(), group.floatingIpSelector());
    this.kept = kept;
    this.leads = leads;
  }

  /**
   * Blocks until nothing points at a server of the group, or until there is no hope.
   *
   * @param kept floating IPs that other groups select too: they stay
   * @param leads whether this process may write; asked directly before each write
   * @param timeout after which it gives up
   */
  public static Outcome run(
      GroupConfig group,
      GroupSurroundings around,
      Set<Long> kept,
      BooleanSupplier leads,
      Duration timeout)
      throws InterruptedException {
    return new Unassignment(group, around, kept, leads).until(timeout);
  }

  private Outcome until(Duration timeout) throws InterruptedException {
    var end = pacer.now().plus(timeout);
    while (true) {
      var reason = "it took longer than " + timeout.toSeconds() + " s";
      try {
        var left = assigned(reader.read(READ_TIMEOUT));
        if (left.isEmpty()) {
          return new Outcome.Done(written.size());
        }
        for (var ip : left) {
          if (!leads.getAsBoolean()) {
            return new Outcome.GivenUp("this process may change nothing any more");
          }
          written.add(ip.id());
          client.unassign(ip.id());
        }
      } catch (ApiException e) {
        if (!e.failure().passes()) {
          return new Outcome.GivenUp(e.failure().message());
        }
        reason = e.failure().message();
      }
      if (pacer.now().plus(PAUSE).isAfter(end)) {
        return new Outcome.GivenUp(reason);
      }
      pacer.pause(PAUSE);
    }
  }

  private List<FloatingIp> assigned(CloudSnapshot cloud) {
    var servers = cloud.servers().stream().map(Server::id).collect(Collectors.toSet());
    return cloud.floatingIps().stream()
        .filter(ip -> ip.server() != null && servers.contains(ip.server()))
        .filter(ip -> !kept.contains(ip.id()))
        .toList();
  }
}
