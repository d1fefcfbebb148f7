package dev.holdfast.dataplane.runtime.balancer;

import dev.holdfast.api.dataplane.DataPlaneStatus;
import dev.holdfast.api.dataplane.StickyBalancerReport;
import dev.holdfast.dataplane.agreement.stick.member.StickMemberPolicy;
import dev.holdfast.dataplane.config.BalancedGroup;
import dev.holdfast.dataplane.config.BalancerConfig;
import dev.holdfast.dataplane.config.GroupCheck;
import dev.holdfast.dataplane.config.HealthCheck;
import dev.holdfast.dataplane.runtime.check.CheckSet;
import dev.holdfast.dataplane.runtime.check.CheckSet.Subject;
import dev.holdfast.dataplane.sticky.GroupStanding.FailingCheck;
import dev.holdfast.dataplane.sticky.GroupState;
import dev.holdfast.health.CheckState;
import dev.holdfast.health.Health;
import dev.holdfast.health.probe.Address;
import dev.holdfast.health.probe.CheckKind;
import dev.holdfast.health.probe.CheckSettings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which servers of which group are checked, and what that means for the group: one server on which
 * a check fails is enough. Confined to the decision loop.
 */
final class GroupChecks {
  /** Reasons that are told to others, and characters of each. */
  private static final int MOST = 100;

  private static final int LONGEST = 150;

  /** What is known of a check of a group, over all its servers. */
  private record Word(Health health, @Nullable String why) {}

  private record CheckOf(int group, String check) {}

  private record Dated(Health health, Instant since) {}

  private final CheckSet checks;
  private final Map<CheckOf, Dated> since = new HashMap<>();
  private BalancerConfig config;

  GroupChecks(CheckSet checks, BalancerConfig config) {
    this.checks = checks;
    this.config = config;
  }

  void follow(BalancerConfig next) {
    config = next;
    var wanted = new LinkedHashMap<Subject, CheckSettings>();
    for (var group : next.groups()) {
      group.checks().forEach(check -> addAll(wanted, group, check.check()));
    }
    checks.follow(wanted);
  }

  private static void addAll(
      Map<Subject, CheckSettings> wanted, BalancedGroup group, HealthCheck check) {
    for (var address : addresses(group, check.kind())) {
      var subject = new Subject(server(group, address), address, check.name(), check.kind());
      wanted.put(subject, check.settings());
    }
  }

  /** A check with a port of its own runs once for each host. */
  private static Collection<Address> addresses(BalancedGroup group, CheckKind kind) {
    var addresses = new LinkedHashMap<Object, Address>();
    for (var destination : group.byListenPort().values()) {
      var address = new Address(destination.host(), destination.port());
      addresses.putIfAbsent(hasOwnPort(kind) ? destination.host() : address, address);
    }
    return addresses.values();
  }

  private static boolean hasOwnPort(CheckKind kind) {
    return switch (kind) {
      case CheckKind.Tcp(var port) -> port != 0;
      case CheckKind.Http(var port, var exchange) -> port != 0;
      case CheckKind.Https(var port, var exchange, var tls) -> port != 0;
      case CheckKind.Exec _, CheckKind.SendExpect _ -> false;
    };
  }

  private static String server(BalancedGroup group, Address address) {
    return "%s/%s:%d".formatted(group.policy().name(), address.host(), address.port());
  }

  /** Names of the servers that are checked. */
  List<String> servers() {
    return config.groups().stream()
        .flatMap(group ->
            group.checks().stream()
                .flatMap(check ->
                    addresses(group, check.check().kind()).stream()
                        .map(address -> server(group, address))))
        .distinct()
        .toList();
  }

  /**
   * Its checks that do not pass. A check without a verdict stays as it was.
   *
   * @param before those that did not
   */
  List<FailingCheck> failing(BalancedGroup group, List<FailingCheck> before) {
    var failing = new ArrayList<FailingCheck>();
    for (var check : group.checks()) {
      if (check.onFail() != GroupState.Active) {
        var word = word(group, check);
        switch (word.health()) {
          case Healthy -> {}
          case Unhealthy ->
              failing.add(
                  new FailingCheck(
                      check.check().name(),
                      check.onFail(),
                      word.why() == null ? "it counts as failed until it has passed" : word.why()));
          case Unknown ->
              before.stream()
                  .filter(one -> one.check().equals(check.check().name()))
                  .forEach(failing::add);
        }
      }
    }
    return failing;
  }

  /** What is said of a group of which nothing was found out yet. */
  static List<FailingCheck> unproven(BalancedGroup group) {
    return group.checks().stream()
        .filter(check -> check.onFail() != GroupState.Active)
        .map(check -> new FailingCheck(check.check().name(), GroupState.Draining, null))
        .toList();
  }

  /** Whether each check has a verdict. */
  boolean settled() {
    return config.groups().stream()
        .allMatch(group ->
            group.checks().stream()
                .allMatch(check -> word(group, check).health() != Health.Unknown));
  }

  /** What this process finds of each check, by the name under which replicas vote on it. */
  Map<String, Health> verdicts() {
    var verdicts = new HashMap<String, Health>();
    for (var group : config.groups()) {
      for (var check : group.checks()) {
        verdicts.put(policy(group, check).ballot(), word(group, check).health());
      }
    }
    return verdicts;
  }

  /** Why checks have failed here, by the same names. */
  Map<String, String> reasons() {
    var reasons = new HashMap<String, String>();
    for (var group : config.groups()) {
      for (var check : group.checks()) {
        var word = word(group, check);
        if (word.health() == Health.Unhealthy && word.why() != null && reasons.size() < MOST) {
          reasons.put(policy(group, check).ballot(), bounded(word.why()));
        }
      }
    }
    return reasons;
  }

  private static String bounded(String reason) {
    return reason.length() > LONGEST ? reason.substring(0, LONGEST) : reason;
  }

  static StickMemberPolicy.Check policy(BalancedGroup group, GroupCheck check) {
    return new StickMemberPolicy.Check(group.policy().id(), check.check().name(), check.onFail());
  }

  private Word word(BalancedGroup group, GroupCheck check) {
    var worst = new Word(Health.Healthy, null);
    for (var address : addresses(group, check.check().kind())) {
      var server = server(group, address);
      var state = checks.state(server, check.check().name());
      var health = state.health() == Health.Unknown ? config.health().initial() : state.health();
      if (health.compareTo(worst.health()) > 0) {
        worst = new Word(health, why(server, state));
      }
    }
    return worst;
  }

  private static @Nullable String why(String server, CheckState state) {
    return state.why() == null ? null : server + ": " + state.why();
  }

  List<StickyBalancerReport.Check> report(BalancedGroup group, Instant now) {
    return group.checks().stream()
        .map(check -> {
          var word = word(group, check);
          return new StickyBalancerReport.Check(
              check.check().name(),
              DataPlaneStatus.Health.valueOf(word.health().name()),
              switch (check.onFail()) {
                case Active -> "Ignore";
                case Draining -> "Drain";
                case Disabled -> "Disable";
              },
              word.why(),
              since(new CheckOf(group.policy().id(), check.check().name()), word.health(), now));
        })
        .toList();
  }

  private Instant since(CheckOf check, Health health, Instant now) {
    return since
        .merge(
            check,
            new Dated(health, now),
            (before, next) -> before.health() == health ? before : next)
        .since();
  }
}
