package dev.holdfast.e2e;

import static dev.holdfast.e2e.TestNamespace.within;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OnCluster.class)
class AgreementScaleE2E {
  @Test
  @DisplayName("pods that agree are rolled, become five and three again, and keep their decisions")
  void members(TestNamespace namespace) {
    var proxy = AgreedProxy.start(namespace, AgreedProxy.manifest("members", 3));
    proxy.awaitAgreed(3);
    var group = proxy.group();
    var epoch = proxy.epoch();
    var primary = proxy.primary();
    var traffic = Traffic.start(namespace, "members", 5432);
    var start = Instant.now();

    namespace.kubectl().apply(AgreedProxy.manifest("members", 3).with(Rollout.TEMPLATE).toString());
    new Rollout(namespace, "members-fop").await(3);
    proxy.awaitAgreed(3);
    Measurements.add("rolling update of three that agree", Duration.between(start, Instant.now()));

    scale(namespace, proxy, 5);
    scale(namespace, proxy, 3);

    assertThat(proxy.group()).isEqualTo(group);
    assertThat(proxy.epoch()).isEqualTo(epoch);
    traffic.awaitAnswer(primary, Instant.now(), 60);
    var tried = traffic.fresh().stream().filter(e -> e.end().isAfter(start)).toList();
    var answered = tried.stream().filter(e -> e.outcome() == Exchange.Outcome.ANSWERED).count();
    Measurements.add(
        "new connections while three that agree are rolled and scaled",
        "%d answered, %d not".formatted(answered, tried.size() - answered));
    // A busy machine may let a lease run out.
    assertThat(answered).isGreaterThan(tried.size() / 2);
    Evidence.since(start, List.of(traffic)).assertOnly(primary);
  }

  @Test
  @DisplayName("one pod becomes three that agree and one again; epochs go on, also over lost data")
  void aloneAndTogether(TestNamespace namespace) {
    var proxy = AgreedProxy.start(namespace, AgreedProxy.manifest("alone", 1));
    namespace.awaitReady("alone");
    var traffic = Traffic.start(namespace, "alone", 5432);
    assertThat(proxy.condition("Agreed")).isEmpty();
    var first = proxy.primary();
    var second = proxy.otherThan(first);
    new Box(namespace).kill(first);
    namespace.awaitPrimary("alone", second, 120);
    var start = Instant.now();
    var alone = proxy.epoch();
    new Box(namespace).startBackends(first);

    scale(namespace, proxy, 3);
    assertThat(proxy.primary()).isEqualTo(second);
    var together = proxy.epoch();
    assertThat(together).isGreaterThanOrEqualTo(alone);

    loseAll(namespace, proxy);
    var founded = proxy.epoch();
    assertThat(founded).isGreaterThan(together);

    var backend = namespace.status("alone").primary().name();
    namespace.kubectl().run("scale", "fop/alone", "--replicas=1");
    // for as long as the last pods wait until no client is sent to them any more
    namespace.awaitCondition("alone", "DataPlaneAvailable=False/Regrouping", 60);
    within(240)
        .ignoreExceptions()
        .untilAsserted(() -> {
          assertThat(namespace.status("alone").readyReplicas()).isEqualTo(1);
          assertThat(namespace.status("alone").clusterId()).isNull();
          assertThat(proxy.condition("Agreed")).isEmpty();
          assertThat(proxy.condition("Ready")).startsWith("True/Serving");
        });
    traffic.awaitAnswer(backend, Instant.now(), 60);
    assertThat(proxy.epoch()).isGreaterThanOrEqualTo(founded);
    assertThat(traffic.fresh()).filteredOn(e -> e.begin().isAfter(start)).isNotEmpty();
  }

  /** With their pods the disks go; what was decided is in the status. */
  private static void loseAll(TestNamespace namespace, AgreedProxy proxy) {
    var lost = proxy.group();
    proxy.deletePods(0, 1, 2);
    namespace.awaitCondition(proxy.name(), "DataLost=True/AllReplicasEmpty", 120);
    assertThat(proxy.condition("Agreed")).startsWith("False/DataLost");
    namespace.annotate(proxy.name(), "holdfast.dev/rebootstrap=" + lost);
    within(120).ignoreExceptions().until(proxy::group, group -> !group.equals(lost));
    proxy.awaitAgreed(3);
    assertThat(proxy.condition("DataLost")).isEmpty();
  }

  private static void scale(TestNamespace namespace, AgreedProxy proxy, int replicas) {
    var before = Instant.now();
    namespace.kubectl().run("scale", "fop/" + proxy.name(), "--replicas=" + replicas);
    within(240)
        .until(
            () ->
                namespace
                    .kubectl()
                    .run(
                        "get",
                        "statefulset",
                        proxy.name() + "-fop",
                        "-o",
                        "jsonpath={.status.replicas}"),
            Integer.toString(replicas)::equals);
    proxy.awaitAgreed(replicas);
    Measurements.add(
        "scaling to %d that agree".formatted(replicas), Duration.between(before, Instant.now()));
  }
}
