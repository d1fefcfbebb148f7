package dev.holdfast.operator.events;

import dev.holdfast.api.v1alpha1.Backend;
import dev.holdfast.api.v1alpha1.StickyBalancerStatus;
import dev.holdfast.api.v1alpha1.StickyBalancerStatus.GroupStatus;
import dev.holdfast.operator.status.Conditions;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What happened between two statuses of a StickyBalancer. The earlier one comes from the API
 * server, so an operator that was restarted tells nothing twice.
 */
public final class BalancerNotices {

  /** Causes of a state that somebody wanted. */
  private static final Set<String> WANTED = Set.of("Spec", "Runtime");

  /** Causes that say only that nobody knows better yet. */
  private static final Set<String> UNKNOWN = Set.of("Unknown", "NoAnswer");

  private BalancerNotices() {}

  public static List<Notice> between(
      @Nullable StickyBalancerStatus before, StickyBalancerStatus after) {
    return Stream.of(
            groups(before, after),
            noGroup(before, after).stream(),
            ConditionNotices.between(
                    conditions(before), after.conditions(), Conditions.QUORUM_HEALTHY)
                // Pods that have not found each other yet have lost nothing.
                .filter(
                    notice -> after.clusterId() != null || !notice.reason().equals("NoMajority")))
        .flatMap(notices -> notices)
        .toList();
  }

  private static Stream<Notice> groups(
      @Nullable StickyBalancerStatus before, StickyBalancerStatus after) {
    List<GroupStatus> earlier =
        before == null ? List.of() : Objects.requireNonNullElse(before.groups(), List.of());
    return after.groups().stream()
        .filter(group -> !UNKNOWN.contains(group.cause()))
        .flatMap(group ->
            earlier.stream()
                .filter(then -> then.id() == group.id() && changed(then, group))
                .map(then -> notice(then, group)));
  }

  private static boolean changed(GroupStatus then, GroupStatus now) {
    return !UNKNOWN.contains(then.cause()) && !then.effective().equals(now.effective());
  }

  private static Notice notice(GroupStatus then, GroupStatus now) {
    var calm = WANTED.contains(now.cause()) || now.effective().equals(Backend.State.Active.name());
    return new Notice(
        calm ? Notice.Type.Normal : Notice.Type.Warning,
        "Group" + now.effective(),
        "Changed",
        "group %s: %s -> %s, %s; %d keys, %d connections"
            .formatted(
                now.name(),
                then.effective(),
                now.effective(),
                now.cause(),
                now.keys(),
                now.connections()),
        "%d/%s/%s".formatted(now.id(), now.effective(), now.since()));
  }

  private static Optional<Notice> noGroup(
      @Nullable StickyBalancerStatus before, StickyBalancerStatus after) {
    return ConditionNotices.became(
            conditions(before), after.conditions(), Conditions.READY, "NoActiveGroup")
        .filter(_ -> after.groups().stream().noneMatch(group -> UNKNOWN.contains(group.cause())))
        .map(condition ->
            new Notice(
                Notice.Type.Warning,
                "NoActiveGroup",
                "Waited",
                condition.getMessage(),
                condition.getLastTransitionTime()));
  }

  private static List<Condition> conditions(@Nullable StickyBalancerStatus status) {
    return status == null ? List.of() : Objects.requireNonNullElse(status.conditions(), List.of());
  }
}
