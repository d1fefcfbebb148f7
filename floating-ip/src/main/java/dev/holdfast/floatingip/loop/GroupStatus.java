package dev.holdfast.floatingip.loop;

import dev.holdfast.floatingip.hetzner.model.RateLimit;
import dev.holdfast.floatingip.plan.Health;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * All that can be shown of a group. Lists are ordered by id; it holds no secret.
 *
 * @param leads whether this process may write; one that may not shows what it last knew
 * @param conditions one of each type, in the order of {@link ConditionType}
 * @param plan the newest one; empty before the first
 * @param lastApplied empty before a move has ended
 * @param rateLimit empty before the first answer
 * @param readAt when the newest poll that succeeded began; empty before the first
 */
public record GroupStatus(
    boolean leads,
    List<Condition> conditions,
    List<ServerState> servers,
    List<FloatingIpState> floatingIps,
    Optional<PlanState> plan,
    Optional<LastApplied> lastApplied,
    Optional<RateLimit> rateLimit,
    Optional<Instant> readAt) {

  public GroupStatus {
    conditions = List.copyOf(conditions);
    servers = List.copyOf(servers);
    floatingIps = List.copyOf(floatingIps);
  }

  public static GroupStatus of(GroupState state, GroupPolicy policy, Instant now) {
    return new StatusReport(state, policy, now).status();
  }

  public enum ConditionType {
    Ready,
    CredentialsValid,
    ProviderReachable,
    HealthKnown,
    PlanConverged,
    CertificatesValid
  }

  public enum ConditionStatus {
    True,
    False,
    Unknown
  }

  /**
   * @param reason one word
   * @param message for people
   */
  public record Condition(
      ConditionType type, ConditionStatus status, String reason, String message) {}

  public record ServerState(
      long id,
      String name,
      String location,
      OptionalInt index,
      Health health,
      List<CheckStatus> checks) {

    public ServerState {
      checks = List.copyOf(checks);
    }
  }

  /**
   * @param name the check's, without its family
   * @param family {@code ipv4} or {@code ipv6}
   * @param since when the verdict changed last
   */
  public record CheckStatus(String name, String family, Health health, Instant since) {}

  public enum Placement {
    InPlace,
    Pending,
    Moving,
    Failed,
    /** Nothing is wanted of it. */
    LeftAlone
  }

  /**
   * @param server name of the server that it points at, or its id when it is not of the group
   * @param wanted name of the server that it shall point at; empty when it is left alone
   * @param reason one word
   * @param message for people
   */
  public record FloatingIpState(
      long id,
      String name,
      String address,
      String location,
      OptionalInt index,
      Optional<String> server,
      Optional<String> wanted,
      Placement state,
      String reason,
      String message) {}

  /**
   * @param sequence grows with every plan
   */
  public record PlanState(String id, long sequence, Instant computedAt, List<PlanStep> steps) {

    public PlanState {
      steps = List.copyOf(steps);
    }
  }

  /**
   * @param from empty when the IP pointed nowhere
   * @param reason one word
   */
  public record PlanStep(
      String floatingIp, Optional<String> from, String to, String reason, StepState state) {}

  /** The newest plan of which a move has ended, and how it came out so far. */
  public record LastApplied(String id, Instant at, int moved, int failed) {}

  public int ips() {
    return floatingIps.size();
  }

  public int inPlace() {
    return count(Placement.InPlace);
  }

  /** Steps of the plan that are not done. */
  public int pendingMoves() {
    return (int)
        plan.stream()
            .flatMap(one -> one.steps().stream())
            .filter(step -> step.state() != StepState.Done)
            .count();
  }

  private int count(Placement placement) {
    return (int) floatingIps.stream().filter(ip -> ip.state() == placement).count();
  }

  public Condition condition(ConditionType type) {
    return conditions.stream().filter(one -> one.type() == type).findFirst().orElseThrow();
  }
}
