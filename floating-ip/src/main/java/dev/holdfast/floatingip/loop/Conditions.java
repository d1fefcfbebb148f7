package dev.holdfast.floatingip.loop;

import dev.holdfast.floatingip.loop.GroupStatus.Condition;
import dev.holdfast.floatingip.loop.GroupStatus.ConditionStatus;
import dev.holdfast.floatingip.loop.GroupStatus.ConditionType;
import dev.holdfast.floatingip.loop.GroupStatus.FloatingIpState;
import dev.holdfast.floatingip.loop.GroupStatus.Placement;
import dev.holdfast.floatingip.plan.Health;
import dev.holdfast.health.Warning;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What a group's state amounts to.
 *
 * @param ips what is shown of them
 */
record Conditions(GroupState state, GroupPolicy policy, Instant now, List<FloatingIpState> ips) {

  List<Condition> all() {
    var credentials = credentials();
    var provider = provider();
    var health = health();
    var plan = plan();
    return List.of(
        ready(List.of(credentials, provider, health, plan)),
        credentials,
        provider,
        health,
        plan,
        certificates());
  }

  private static Condition ready(List<Condition> parts) {
    return parts.stream()
        .filter(part -> part.status() != ConditionStatus.True)
        .min(Comparator.comparing(Condition::status))
        .map(part ->
            new Condition(ConditionType.Ready, part.status(), part.reason(), part.message()))
        .orElseGet(() ->
            new Condition(
                ConditionType.Ready,
                ConditionStatus.True,
                "Converged",
                "every floating IP is where it belongs"));
  }

  private Condition credentials() {
    var type = ConditionType.CredentialsValid;
    var reading = state.reading();
    var failure = reading.failure();
    var refused = reading.tokenRefused() ? failure : state.moves().refused();
    if (refused != null) {
      return no(type, refused.reason(), refused.message());
    }
    return reading.readAt() == null && failure == null
        ? notRead(type)
        : reading.readAt() == null
            ? unknown(type, "ProviderAway", "the provider has not answered yet")
            : yes(type, "Accepted", "the provider accepts the token");
  }

  private Condition provider() {
    var type = ConditionType.ProviderReachable;
    var reading = state.reading();
    var failure = reading.failure();
    if (failure != null && !failure.concernsToken()) {
      var since =
          Objects.requireNonNullElse(reading.failedSince(), now).truncatedTo(ChronoUnit.SECONDS);
      return no(type, failure.reason(), "since " + since + ": " + failure.message());
    }
    return reading.readAt() == null && failure == null
        ? notRead(type)
        : yes(type, "Answers", "the provider answers");
  }

  private Condition health() {
    var type = ConditionType.HealthKnown;
    if (state.reading().readAt() == null) {
      return notRead(type);
    }
    var unknown = servers(Health.Unknown);
    return unknown.isEmpty()
        ? yes(type, "AllReported", "every check of every server has reported")
        : no(
            type, "ChecksPending", "not all checks have reported of " + StatusReport.some(unknown));
  }

  private Condition plan() {
    var type = ConditionType.PlanConverged;
    if (state.planned().current() == null) {
      return unknown(type, "NotPlanned", "there is no plan yet");
    }
    var notPlaced =
        ips.stream()
            .filter(ip -> ip.state() != Placement.InPlace && !isFine(ip))
            .sorted(Comparator.comparing((FloatingIpState ip) -> ip.state() != Placement.Failed))
            .toList();
    if (notPlaced.isEmpty()) {
      return yes(type, "Converged", "nothing is to be moved");
    }
    var first = notPlaced.getFirst();
    var alike =
        notPlaced.stream()
            .filter(ip -> ip.reason().equals(first.reason()))
            .map(FloatingIpState::name)
            .toList();
    return no(type, first.reason(), StatusReport.some(alike) + ": " + first.message());
  }

  /** What is left alone on purpose is no sign that anything is amiss. */
  private static boolean isFine(FloatingIpState ip) {
    return ip.state() == Placement.LeftAlone
        && Stream.of("AwaitsStability", "RebalanceNever", "ForeignServer")
            .anyMatch(ip.reason()::equals);
  }

  private Condition certificates() {
    var type = ConditionType.CertificatesValid;
    return state.members().servers().values().stream()
        .filter(member -> member.checks().warning() != null)
        .max(Comparator.comparing(Conditions::level))
        .map(member ->
            no(
                type,
                level(member) == Warning.Level.Critical
                    ? "CertificateExpiresVerySoon"
                    : "CertificateExpiresSoon",
                member.server().name()
                    + ", "
                    + Objects.requireNonNull(member.checks().warning()).text()))
        .orElseGet(() -> yes(type, "NoneExpires", "no certificate ends soon"));
  }

  private static Warning.Level level(Member member) {
    return Objects.requireNonNull(member.checks().warning()).level();
  }

  private List<String> servers(Health health) {
    return state.members().servers().values().stream()
        .filter(member -> member.health() == health)
        .map(member -> member.server().name())
        .toList();
  }

  private Condition notRead(ConditionType type) {
    return state.leads()
        ? unknown(type, "NotReadYet", "the provider is asked for the first time")
        : unknown(type, "NotLeading", "another process runs this group");
  }

  private static Condition yes(ConditionType type, String reason, String message) {
    return new Condition(type, ConditionStatus.True, reason, message);
  }

  private static Condition no(ConditionType type, String reason, String message) {
    return new Condition(type, ConditionStatus.False, reason, message);
  }

  private static Condition unknown(ConditionType type, String reason, String message) {
    return new Condition(type, ConditionStatus.Unknown, reason, message);
  }
}
