package dev.holdfast.operator.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.api.v1alpha1.FailoverProxyStatus;
import dev.holdfast.api.v1alpha1.FailoverProxyStatus.HookRun;
import dev.holdfast.api.v1alpha1.FailoverProxyStatus.LastFailover;
import dev.holdfast.api.v1alpha1.FailoverProxyStatus.PrimaryStatus;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class NoticesTest {

  private static final FailoverProxyStatus FIRST = status(primary("pg-0", 1, "Initial"), null);
  private static final FailoverProxyStatus SECOND =
      status(
          primary("pg-1", 2, "ConnectRefused"),
          new LastFailover("pg-0", "pg-1", "then", "412ms", "ConnectRefused", List.of()));

  @Test
  @DisplayName("the first primary is selected")
  void initial() {
    assertThat(Notices.between(null, FIRST))
        .containsExactly(
            new Notice(
                Notice.Type.Normal,
                "PrimarySelected",
                "Selected",
                "pg-0 (192.0.2.1:5432) is primary: Initial",
                "1/then"));
  }

  @Test
  @DisplayName("a failover says from where, to where, how long and why")
  void failover() {
    assertThat(Notices.between(FIRST, SECOND))
        .containsExactly(
            new Notice(
                Notice.Type.Warning,
                "FailedOver",
                "Switched",
                "pg-0 -> pg-1 after 412ms without a primary: ConnectRefused",
                "2/then"));
  }

  @Test
  @DisplayName("what the stored status tells already is not told again")
  void restartedOperator() {
    assertThat(Notices.between(SECOND, SECOND)).isEmpty();
  }

  @Test
  @DisplayName("a switch that somebody wanted is no warning")
  void wanted() {
    var back =
        status(
            primary("pg-0", 3, "Failback"),
            new LastFailover("pg-1", "pg-0", "then", "3ms", "Failback", List.of()));
    assertThat(Notices.between(SECOND, back))
        .singleElement()
        .extracting(Notice::type, Notice::reason)
        .containsExactly(Notice.Type.Normal, "FailedBack");
  }

  @Test
  @DisplayName("a switch that was asked for is called so")
  void switchedOver() {
    var over =
        status(
            primary("pg-0", 3, "Switchover"),
            new LastFailover("pg-1", "pg-0", "then", "3ms", "Switchover", List.of()));
    assertThat(Notices.between(SECOND, over))
        .singleElement()
        .extracting(Notice::type, Notice::reason)
        .containsExactly(Notice.Type.Normal, "SwitchedOver");
  }

  @Test
  @DisplayName("scripts that are not there are told once, whichever condition says so")
  void scriptsMissing() {
    var unready = status(null, null, condition("Ready", "False", "ScriptsMissing"));
    var degraded = status(null, null, condition("Degraded", "True", "ScriptsMissing"));
    for (var missing : List.of(unready, degraded)) {
      assertThat(Notices.between(null, missing))
          .extracting(Notice::reason)
          .containsExactly("ScriptsMissing");
      assertThat(Notices.between(missing, missing)).isEmpty();
    }
  }

  @Test
  @DisplayName("a hook that failed is told once, with the end of what it said")
  void hookFailed() {
    var failed =
        new HookRun("promote", "pg-1", 1, "12ms", false, "exit code 1", "x".repeat(2000) + " end");
    var fine = new HookRun("promote", "pg-2", 0, "9ms", false, null, "done");
    var after =
        status(
            primary("pg-2", 3, "ConnectRefused"),
            new LastFailover(
                "pg-0", "pg-2", "then", "412ms", "ConnectRefused", List.of(failed, fine)));
    var notices = Notices.between(FIRST, after);
    assertThat(notices).extracting(Notice::reason).containsExactly("HookFailed", "FailedOver");
    assertThat(notices.getFirst().note())
        .startsWith("hook promote for pg-1: exit code 1 after 12ms. It said: xxx")
        .endsWith(" end")
        .hasSizeLessThan(1024);
    assertThat(Notices.between(after, after)).isEmpty();
  }

  @Test
  @DisplayName("the loss of the primary, a refusal and a conflict are told once")
  void conditions() {
    var sick =
        status(
            FIRST.primary(),
            null,
            condition("PrimaryHealthy", "False", "NoPrimary"),
            condition("Degraded", "True", "ConfigRefused"),
            condition("Ready", "False", "Conflict"));
    assertThat(Notices.between(FIRST, sick))
        .extracting(Notice::reason)
        .containsExactly("PrimaryLost", "ConfigRefused", "AdoptionRefused");
    assertThat(Notices.between(sick, sick)).isEmpty();
  }

  @Test
  @DisplayName("the loss of the majority, and of all data, is told once for each time")
  void agreementLost() {
    var agreed = status(FIRST.primary(), null, condition("Agreed", "True", "Agreed"));
    var cut = status(FIRST.primary(), null, condition("Agreed", "False", "NoMajority"));
    var lost = status(FIRST.primary(), null, condition("Agreed", "False", "DataLost"));
    var told = Notices.between(agreed, cut);

    assertThat(told).extracting(Notice::reason).containsExactly("NoMajority");
    assertThat(Notices.between(cut, cut)).isEmpty();
    assertThat(Notices.between(cut, lost)).extracting(Notice::reason).containsExactly("DataLost");
    assertThat(Notices.between(cut, agreed)).isEmpty();
  }

  private static FailoverProxyStatus status(
      @Nullable PrimaryStatus primary, @Nullable LastFailover failover, Condition... conditions) {
    return new FailoverProxyStatus(
        1L,
        List.of(conditions),
        primary,
        List.of(),
        null,
        failover,
        null,
        null,
        null,
        1,
        1,
        null,
        List.of());
  }

  private static PrimaryStatus primary(String name, long epoch, String reason) {
    return new PrimaryStatus(name, "192.0.2.1:5432", epoch, "then", reason);
  }

  private static Condition condition(String type, String status, String reason) {
    return new ConditionBuilder()
        .withType(type)
        .withStatus(status)
        .withReason(reason)
        .withMessage("m")
        .withLastTransitionTime("t")
        .withObservedGeneration(1L)
        .build();
  }
}
