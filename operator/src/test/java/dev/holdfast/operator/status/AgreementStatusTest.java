package dev.holdfast.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.api.dataplane.DataPlaneStatus;
import dev.holdfast.api.dataplane.DataPlaneStatus.Agreement;
import dev.holdfast.api.dataplane.DataPlaneStatus.Agreement.State;
import dev.holdfast.api.dataplane.DataPlaneStatus.Primary;
import dev.holdfast.api.dataplane.DataPlaneStatus.Reason;
import dev.holdfast.api.v1alpha1.FailoverProxy;
import dev.holdfast.api.v1alpha1.FailoverProxyStatus;
import dev.holdfast.operator.Proxies;
import dev.holdfast.operator.children.PodSet;
import dev.holdfast.operator.dataplane.PodAddress;
import dev.holdfast.operator.dataplane.PodView;
import dev.holdfast.operator.dataplane.Words;
import dev.holdfast.operator.workload.ProxyWorkload;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class AgreementStatusTest {
  private static final Instant NOW = Words.THEN.plusSeconds(100);
  private static final String SPEC = "replicas: 3\nconnections: {onPrimaryChange: {policy: Sever}}";
  private static final Agreement AGREED = Words.agreement(State.Agreed, "g1", 0, 1, 2);
  private static final Primary PRIMARY =
      new Primary("pg-0", "192.0.2.1:5432", 7, Words.THEN, Reason.Initial);

  private final FailoverProxy proxy = Proxies.minimalWith(SPEC);

  @Test
  @DisplayName("pods that decide together are agreed; leader, group and epoch are told")
  void agreed() {
    var status = build(proxy, AGREED, AGREED, AGREED);

    assertThat(condition(status, "Agreed"))
        .hasValue(
            "True/Agreed: postgres-fop-0 leads postgres-fop-0, postgres-fop-1, postgres-fop-2");
    assertThat(condition(status, "DataLost")).isEmpty();
    assertThat(status.leader()).isEqualTo("postgres-fop-0");
    assertThat(status.clusterId()).isEqualTo("g1");
    assertThat(status.epoch()).isEqualTo(9);
    assertThat(status.primary().epoch()).isEqualTo(7);
  }

  @Test
  @DisplayName("a pod that is still to find its group is no disagreement")
  void joining() {
    var status = build(proxy, AGREED, Words.agreement(State.Joining, null), null);

    assertThat(condition(status, "Agreed").orElseThrow()).startsWith("True/Agreed");
  }

  @Test
  @DisplayName("a pod that stands otherwise than the others is named, with the reason")
  void disagreement() {
    for (var state : List.of(State.OutOfContact, State.CannotReachPrimary, State.Outdated)) {
      assertThat(condition(build(proxy, AGREED, AGREED, Words.agreement(state, "g1")), "Agreed"))
          .hasValue("False/Disagreement: postgres-fop-2: %s, as the test says".formatted(state));
    }
    var other = build(proxy, AGREED, Words.agreement(State.Agreed, "g2", 0, 1, 2), AGREED);
    assertThat(condition(other, "Agreed"))
        .hasValue("False/Disagreement: postgres-fop-1: Agreed in group g2");
  }

  @Test
  @DisplayName("without a majority nobody leads, and group and epoch are kept")
  void noMajority() {
    var before = Proxies.with(proxy, build(proxy, AGREED, AGREED, AGREED));
    var alone = Words.agreement(State.OutOfContact, "g1", 0, 1, 2);
    var status = build(before, alone, null, alone);

    assertThat(condition(status, "Agreed").orElseThrow())
        .startsWith("False/NoMajority: postgres-fop-0: OutOfContact")
        .contains("postgres-fop-1: has no configuration");
    assertThat(status.leader()).isNull();
    assertThat(status.clusterId()).isEqualTo("g1");
    assertThat(status.epoch()).isEqualTo(9);
  }

  @Test
  @DisplayName("data is lost when all pods come up empty where a group is known, and not before")
  void dataLost() {
    var before = Proxies.with(proxy, build(proxy, AGREED, AGREED, AGREED));
    var empty = Words.agreement(State.Failed, null);

    var lost = build(before, empty, empty, empty);
    assertThat(condition(lost, "DataLost").orElseThrow())
        .startsWith("True/AllReplicasEmpty")
        .contains("holdfast.dev/rebootstrap=g1");
    assertThat(condition(lost, "Agreed").orElseThrow()).startsWith("False/DataLost");
    assertThat(lost.clusterId()).isEqualTo("g1");
    assertThat(condition(build(proxy, empty, empty, empty), "DataLost")).isEmpty();
    assertThat(condition(build(before, empty, empty), "DataLost")).isEmpty();
    assertThat(condition(build(before, empty, AGREED, empty), "DataLost")).isEmpty();

    var anew = Words.agreement(State.Agreed, "g2", 0, 1, 2);
    assertThat(build(Proxies.with(proxy, lost), anew, anew, anew).clusterId()).isEqualTo("g2");
  }

  @Test
  @DisplayName("a pod that was left behind does not take the primary's epoch back")
  void olderEpoch() {
    var before = Proxies.with(proxy, build(proxy, AGREED, AGREED, AGREED));
    var older = new Primary("pg-1", "192.0.2.2:5432", 6, Words.THEN, Reason.Initial);
    var word = Words.saying(0, 3, Words.agreement(State.OutOfContact, "g1", 0, 1, 2), older);

    var status = StatusBuilder.build(facts(before, List.of(pod(0, word))));
    assertThat(status.primary().name()).isEqualTo("pg-0");
    assertThat(status.primary().epoch()).isEqualTo(7);
  }

  @Test
  @DisplayName("the group is forgotten once every pod decides alone, because it shall")
  void dissolved() {
    var status = build(proxy, AGREED, AGREED, AGREED);
    var alone = Proxies.with(Proxies.minimal(), status);

    assertThat(build(alone, AGREED).clusterId()).isEqualTo("g1");
    assertThat(build(alone, (Agreement) null).clusterId()).isNull();
  }

  @Test
  @DisplayName("between a group and the pods after it nothing is left of it but its epoch")
  void between() {
    var before = Proxies.with(proxy, build(proxy, AGREED, AGREED, AGREED));
    var last = pod(2, Words.saying(2, 3, AGREED, PRIMARY));
    var ending = build(before, new PodSet(0, false, true), last);
    assertThat(ending.clusterId()).isEqualTo("g1");
    assertThat(condition(ending, "DataPlaneAvailable"))
        .hasValue("False/Regrouping: 3 pods are made when these have ended: postgres-fop-2");

    var gone = build(before, new PodSet(0, false, true));
    assertThat(gone.clusterId()).isNull();
    assertThat(gone.epoch()).isEqualTo(9);
    assertThat(build(before, new PodSet(3, true, false)).clusterId()).isEqualTo("g1");

    before.getMetadata().setAnnotations(Map.of("holdfast.dev/rebootstrap", "g1"));
    assertThat(build(before, new PodSet(0, true, true)).clusterId())
        .as("given up, which the next group must know")
        .isEqualTo("g1");
  }

  @SafeVarargs
  private static FailoverProxyStatus build(
      FailoverProxy proxy, PodSet set, PodFact<DataPlaneStatus>... pods) {
    return StatusBuilder.build(
        new Facts<>(
            proxy,
            new ProxyWorkload(proxy),
            NOW,
            false,
            List.of(),
            List.of(),
            List.of(pods),
            set,
            null));
  }

  private static FailoverProxyStatus build(FailoverProxy proxy, @Nullable Agreement... standings) {
    var pods = new ArrayList<PodFact<DataPlaneStatus>>();
    for (int i = 0; i < standings.length; i++) {
      pods.add(pod(i, Words.saying(i, 3, standings[i], PRIMARY)));
    }
    return StatusBuilder.build(facts(proxy, pods));
  }

  private static Facts<FailoverProxy, DataPlaneStatus> facts(
      FailoverProxy proxy, List<PodFact<DataPlaneStatus>> pods) {
    return new Facts<>(
        proxy, new ProxyWorkload(proxy), NOW, false, List.of(), List.of(), pods, null, null);
  }

  private static PodFact<DataPlaneStatus> pod(int number, DataPlaneStatus word) {
    var name = "postgres-fop-" + number;
    var address = new PodAddress(name, "uid-" + number, "192.0.2.9", 2340);
    var view = new PodView<>(address, new PodView.Link.Live(Words.THEN), word);
    return new PodFact<>(name, number, true, false, null, null, view);
  }

  private static Optional<String> condition(FailoverProxyStatus status, String type) {
    return Conditions.find(status.conditions(), type).map(AgreementStatusTest::text);
  }

  private static String text(Condition condition) {
    return "%s/%s: %s"
        .formatted(condition.getStatus(), condition.getReason(), condition.getMessage());
  }
}
