package dev.holdfast.operator.status;

import dev.holdfast.api.dataplane.StickyBalancerReport;
import dev.holdfast.api.dataplane.StickyBalancerReport.Group;
import dev.holdfast.api.v1alpha1.Backend;
import dev.holdfast.api.v1alpha1.StickyBalancerStatus;
import dev.holdfast.api.v1alpha1.StickyBalancerStatus.GroupStatus;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The part of a StickyBalancer's status that only pods know. */
record ToldGroups(List<GroupStatus> groups, @Nullable Long entries, @Nullable String activeGroups) {

  private static final String ACTIVE = Backend.State.Active.name();
  private static final String UNKNOWN = "Unknown";

  /**
   * @param shared whether the pods have one table
   * @param previous counts while no pod has a table yet
   */
  static ToldGroups by(
      Sight.Clear<StickyBalancerReport> sight,
      boolean shared,
      @Nullable StickyBalancerStatus previous) {
    return sight.all().stream()
        .filter(word -> !word.groups().isEmpty())
        .findFirst()
        .map(lead -> by(lead, sight, shared))
        .orElseGet(() -> outOfDate(previous));
  }

  private static ToldGroups by(
      StickyBalancerReport lead, Sight.Clear<StickyBalancerReport> sight, boolean shared) {
    var groups = lead.groups().stream().map(group -> group(group, sight.all(), shared)).toList();
    var entries =
        shared
            ? lead.entries().count()
            : sight.all().stream().mapToLong(word -> word.entries().count()).sum();
    var active = groups.stream().filter(group -> group.effective().equals(ACTIVE)).count();
    return new ToldGroups(groups, entries, active + "/" + groups.size());
  }

  static ToldGroups before(@Nullable StickyBalancerStatus previous) {
    return previous == null
        ? new ToldGroups(List.of(), null, null)
        : new ToldGroups(groups(previous), previous.entries(), previous.activeGroups());
  }

  /** The state of groups that nobody reports on is not known. */
  static ToldGroups outOfDate(@Nullable StickyBalancerStatus previous) {
    var last = before(previous);
    var groups =
        last.groups().stream()
            .map(group ->
                new GroupStatus(
                    group.id(),
                    group.name(),
                    UNKNOWN,
                    Unanswered.REASON,
                    null,
                    group.keys(),
                    group.connections(),
                    group.since()))
            .toList();
    return new ToldGroups(groups, last.entries(), null);
  }

  private static List<GroupStatus> groups(StickyBalancerStatus status) {
    return Objects.requireNonNullElse(status.groups(), List.of());
  }

  private static GroupStatus group(Group ofLead, List<StickyBalancerReport> all, boolean shared) {
    var told =
        all.stream()
            .flatMap(word -> word.groups().stream())
            .filter(group -> group.id() == ofLead.id())
            .toList();
    var group = shared ? ofLead : mostCommon(told);
    return new GroupStatus(
        group.id(),
        group.name(),
        group.effective(),
        group.cause(),
        shared ? votesOfLeader(told) : votes(group, told),
        shared ? group.keys() : told.stream().mapToLong(Group::keys).sum(),
        told.stream().mapToLong(Group::connections).sum(),
        group.since().truncatedTo(ChronoUnit.SECONDS).toString());
  }

  /** What most pods say; of several, what the first one says that is among them. */
  private static Group mostCommon(List<Group> told) {
    var counts = new LinkedHashMap<String, Integer>();
    told.forEach(group -> counts.merge(group.effective(), 1, Integer::sum));
    var effective =
        counts.entrySet().stream()
            .max(Comparator.comparingInt(Map.Entry::getValue))
            .orElseThrow()
            .getKey();
    return told.stream()
        .filter(group -> group.effective().equals(effective))
        .findFirst()
        .orElseThrow();
  }

  /** Only who leads has heard them. */
  private static @Nullable String votesOfLeader(List<Group> told) {
    return told.stream().map(Group::votes).filter(Objects::nonNull).findFirst().orElse(null);
  }

  /** Null where one pod says it. */
  private static @Nullable String votes(Group group, List<Group> told) {
    var same = told.stream().filter(other -> other.effective().equals(group.effective())).count();
    return told.size() == 1 ? null : same + "/" + told.size();
  }
}
