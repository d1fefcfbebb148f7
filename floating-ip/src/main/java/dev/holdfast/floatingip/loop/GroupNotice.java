package dev.holdfast.floatingip.loop;

import dev.holdfast.floatingip.hetzner.assign.Outcome;
import dev.holdfast.floatingip.hetzner.model.ApiFailure;
import dev.holdfast.floatingip.hetzner.model.Server;
import dev.holdfast.floatingip.plan.Health;
import dev.holdfast.floatingip.plan.Plan;
import java.time.Duration;
import java.util.List;

/** What people want to hear of a group. Told once, when it happens; none of it holds a secret. */
public sealed interface GroupNotice {

  /** One line of the table of all servers, which is ordered by name. */
  record ServerLine(long id, String name, Health health) {}

  /** How many are still unhealthy. */
  static long unhealthy(List<ServerLine> servers) {
    return servers.stream().filter(line -> line.health() == Health.Unhealthy).count();
  }

  /**
   * @param failing each as {@code check web__ipv4: connect refused}
   */
  record ServerUnhealthy(Server server, List<String> failing, List<ServerLine> servers)
      implements GroupNotice {
    public ServerUnhealthy {
      failing = List.copyOf(failing);
      servers = List.copyOf(servers);
    }
  }

  /** After it was unhealthy; not when it is known to be healthy for the first time. */
  record ServerHealthyAgain(Server server, Duration unhealthyFor, List<ServerLine> servers)
      implements GroupNotice {
    public ServerHealthyAgain {
      servers = List.copyOf(servers);
    }
  }

  /** Servers or floating IPs came or went. Not told of the first poll. */
  record MembersChanged(ChangeSet changes) implements GroupNotice {}

  /**
   * A plan with steps, other than the one before.
   *
   * @param sequence grows with every plan
   * @param mode what becomes of it
   */
  record PlanMade(long sequence, String id, Plan plan, ApplyPolicy.Mode mode)
      implements GroupNotice {}

  /** Every step of it was done. */
  record PlanApplied(long sequence, String id, int moved, List<ServerLine> servers)
      implements GroupNotice {
    public PlanApplied {
      servers = List.copyOf(servers);
    }
  }

  /**
   * A step of it failed. Told once for each plan, however often the step is tried again.
   *
   * @param floatingIp its name
   * @param to the server's name
   */
  record MoveFailed(long sequence, String id, String floatingIp, String to, Outcome outcome)
      implements GroupNotice {}

  /** The provider cannot be read, or refuses the token. Told once until it is back. */
  record ProviderAway(ApiFailure failure) implements GroupNotice {}

  record ProviderBack(Duration away) implements GroupNotice {}

  /**
   * A certificate that a check saw ends soon. Told again when it becomes critical.
   *
   * @param text says which check, and when
   */
  record CertificateExpiring(Server server, boolean critical, String text) implements GroupNotice {}
}
