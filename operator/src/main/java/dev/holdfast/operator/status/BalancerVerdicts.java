package dev.holdfast.operator.status;

import dev.holdfast.api.dataplane.StickyBalancerReport;
import dev.holdfast.api.dataplane.StickyBalancerReport.Group;
import dev.holdfast.api.v1alpha1.Backend;
import dev.holdfast.api.v1alpha1.Replication.Consistency;
import dev.holdfast.api.v1alpha1.StickyBalancer;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Of a StickyBalancer: Ready, QuorumHealthy, TableReplicated and Degraded. What do the pods say of
 * the groups?
 */
final class BalancerVerdicts {

  private static final String ACTIVE = Backend.State.Active.name();

  /** Cause of what somebody has said through the admin interface; what the spec wants stays. */
  private static final String RUNTIME = "Runtime";

  private BalancerVerdicts() {}

  /** Ready, of pods that are ready, and reached. */
  static Verdict ready(Facts<?, ?> facts, StickyBalancerReport lead, List<String> addresses) {
    var active = lead.groups().stream().filter(BalancerVerdicts::isActive).count();
    return ReadyVerdict.listenFailed(lead.listeners())
        .or(() -> active == 0 ? Optional.of(noActiveGroup(lead)) : Optional.empty())
        .or(() -> ReadyVerdict.withoutAddress(facts, addresses))
        .orElseGet(() ->
            Verdict.yes(
                "Serving",
                "%d of %d groups take new keys".formatted(active, lead.groups().size())));
  }

  private static Verdict noActiveGroup(StickyBalancerReport lead) {
    return Verdict.no(
        "NoActiveGroup", "no group takes new keys: " + describe(lead.groups().stream()));
  }

  /** Empty while no pod answers that is to stay. */
  static Optional<Verdict> quorumHealthy(Facts<StickyBalancer, ?> facts) {
    if (facts.agree()) {
      return AgreementVerdicts.quorum(facts);
    }
    return Optional.of(
        isLocal(facts)
            ? Verdict.yes(
                "Local", "each of %d replicas decides by itself".formatted(facts.wantedPods()))
            : Verdict.yes("SingleReplica", "one replica decides by itself"));
  }

  /** Empty while no pod answers that is to stay. */
  static Optional<Verdict> tableReplicated(Facts<StickyBalancer, ?> facts) {
    if (facts.agree()) {
      return AgreementVerdicts.inSync(facts);
    }
    return Optional.of(
        isLocal(facts)
            ? Verdict.no(
                "Local",
                "replication.consistency is Local: each of %d replicas has a table of its own"
                    .formatted(facts.wantedPods()))
            : Verdict.no("SingleReplica", "one replica has the table"));
  }

  private static boolean isLocal(Facts<StickyBalancer, ?> facts) {
    return facts.wantedPods() > 1
        && facts.resource().getSpec().replication().consistency() == Consistency.Local;
  }

  static Verdict degraded(
      Facts<?, StickyBalancerReport> facts, Sight.Clear<StickyBalancerReport> sight) {
    return PodVerdicts.degraded(facts, sight)
        .or(() -> listenFailed(sight))
        .or(() -> disagreement(sight))
        .or(() -> groupsOut(sight.lead()))
        .or(() -> PodVerdicts.podsMissing(facts))
        .orElseGet(() -> Verdict.no("AsWanted", "every group is as it is wanted"));
  }

  private static Optional<Verdict> listenFailed(Sight.Clear<StickyBalancerReport> sight) {
    return sight.all().stream()
        .flatMap(word ->
            ReadyVerdict.listenFailed(word.listeners())
                .map(failed ->
                    Verdict.yes(failed.reason(), word.instance() + ": " + failed.message()))
                .stream())
        .findFirst();
  }

  private static Optional<Verdict> disagreement(Sight.Clear<StickyBalancerReport> sight) {
    return sight.lead().groups().stream()
        .filter(group -> statesOf(group.id(), sight).distinct().count() > 1)
        .map(group ->
            Verdict.yes(
                "Disagreement",
                sight.all().stream()
                    .flatMap(word ->
                        word.groups().stream()
                            .filter(other -> other.id() == group.id())
                            .map(other -> word.instance() + ": " + describe(other)))
                    .collect(Collectors.joining("; "))))
        .findFirst();
  }

  private static Stream<String> statesOf(int id, Sight.Clear<StickyBalancerReport> sight) {
    return sight.all().stream()
        .flatMap(word -> word.groups().stream())
        .filter(group -> group.id() == id)
        .map(Group::effective);
  }

  private static Optional<Verdict> groupsOut(StickyBalancerReport lead) {
    var out =
        lead.groups().stream()
            .filter(group -> group.wanted().equals(ACTIVE) && !isActive(group))
            .filter(group -> !group.cause().equals(RUNTIME))
            .toList();
    return out.isEmpty()
        ? Optional.empty()
        : Optional.of(Verdict.yes("GroupsOut", describe(out.stream())));
  }

  private static boolean isActive(Group group) {
    return group.effective().equals(ACTIVE);
  }

  private static String describe(Stream<Group> groups) {
    return groups.map(BalancerVerdicts::describe).collect(Collectors.joining("; "));
  }

  /** With what a failing check found: that is what somebody has to mend. */
  private static String describe(Group group) {
    var found =
        group.checks().stream()
            .filter(check -> group.cause().equals("Check/" + check.name()))
            .map(check -> check.reason() == null ? "" : ", " + check.reason())
            .findFirst()
            .orElse("");
    return "%s is %s (%s%s)".formatted(group.name(), group.effective(), group.cause(), found);
  }
}
