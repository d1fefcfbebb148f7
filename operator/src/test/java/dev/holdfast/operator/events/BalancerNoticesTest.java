package dev.holdfast.operator.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.holdfast.api.v1alpha1.StickyBalancerStatus;
import dev.holdfast.api.v1alpha1.StickyBalancerStatus.GroupStatus;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class BalancerNoticesTest {

  @Test
  @DisplayName("a group that a check drains is a warning; that it is back is none")
  void check() {
    var well = status(group("Active", "Spec"));
    var sick = status(group("Draining", "Check/up"));

    assertThat(BalancerNotices.between(well, sick))
        .containsExactly(
            new Notice(
                Notice.Type.Warning,
                "GroupDraining",
                "Changed",
                "group blue: Active -> Draining, Check/up; 812 keys, 40 connections",
                "1/Draining/then"));
    assertThat(BalancerNotices.between(sick, well))
        .extracting(Notice::type, Notice::reason)
        .containsExactly(tuple(Notice.Type.Normal, "GroupActive"));
    assertThat(BalancerNotices.between(sick, sick)).isEmpty();
  }

  @Test
  @DisplayName("a group that somebody disables is no warning")
  void wanted() {
    assertThat(
            BalancerNotices.between(
                status(group("Active", "Spec")), status(group("Disabled", "Runtime"))))
        .extracting(Notice::type, Notice::reason)
        .containsExactly(tuple(Notice.Type.Normal, "GroupDisabled"));
  }

  @Test
  @DisplayName("groups that are new, or of which nobody knows better yet, are no news")
  void unknown() {
    var unknown = status(group("Draining", "Unknown"));
    var well = status(group("Active", "Spec"));
    assertThat(BalancerNotices.between(null, well)).isEmpty();
    assertThat(BalancerNotices.between(well, unknown)).isEmpty();
    assertThat(BalancerNotices.between(unknown, well)).isEmpty();
    var blind = status(group("Unknown", "NoAnswer"));
    assertThat(BalancerNotices.between(well, blind)).isEmpty();
    assertThat(BalancerNotices.between(blind, well)).isEmpty();
  }

  @Test
  @DisplayName("that no group takes new keys is told once, but not while checks have no verdict")
  void noActiveGroup() {
    var none = condition("Ready", "NoActiveGroup");
    var sick = status(List.of(none), group("Draining", "Check/up"));
    assertThat(BalancerNotices.between(null, sick))
        .extracting(Notice::reason)
        .containsExactly("NoActiveGroup");
    assertThat(BalancerNotices.between(sick, sick)).isEmpty();
    assertThat(BalancerNotices.between(null, status(List.of(none), group("Draining", "Unknown"))))
        .isEmpty();
  }

  @Test
  @DisplayName("a refusal, a conflict and the loss of the majority are told")
  void conditions() {
    var sick =
        List.of(
            condition("Degraded", "ConfigRefused"),
            condition("Ready", "Conflict"),
            condition("QuorumHealthy", "NoMajority"));
    assertThat(BalancerNotices.between(null, status("g1", sick)))
        .extracting(Notice::reason)
        .containsExactly("ConfigRefused", "AdoptionRefused", "NoMajority");
    assertThat(BalancerNotices.between(null, status(null, sick)))
        .as("pods that have not found each other yet")
        .extracting(Notice::reason)
        .containsExactly("ConfigRefused", "AdoptionRefused");
  }

  private static StickyBalancerStatus status(GroupStatus... groups) {
    return status(List.of(), groups);
  }

  private static StickyBalancerStatus status(List<Condition> conditions, GroupStatus... groups) {
    return status(null, conditions, groups);
  }

  private static StickyBalancerStatus status(
      @Nullable String clusterId, List<Condition> conditions, GroupStatus... groups) {
    return new StickyBalancerStatus(
        1L, conditions, List.of(groups), 812L, null, clusterId, null, 1, 1, null, List.of());
  }

  private static GroupStatus group(String effective, String cause) {
    return new GroupStatus(1, "blue", effective, cause, null, 812, 40, "then");
  }

  private static Condition condition(String type, String reason) {
    return new ConditionBuilder()
        .withType(type)
        .withStatus("False")
        .withReason(reason)
        .withMessage("m")
        .withLastTransitionTime("t")
        .withObservedGeneration(1L)
        .build();
  }
}
