package dev.holdfast.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.api.dataplane.DataPlaneStatus;
import dev.holdfast.api.dataplane.DataPlaneStatus.Listener;
import dev.holdfast.api.support.Unsupported;
import dev.holdfast.api.v1alpha1.FailoverProxy;
import dev.holdfast.api.v1alpha1.FailoverProxyStatus;
import dev.holdfast.operator.Proxies;
import dev.holdfast.operator.dataplane.PodAddress;
import dev.holdfast.operator.dataplane.PodView;
import dev.holdfast.operator.dataplane.Words;
import dev.holdfast.operator.workload.ProxyWorkload;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class StatusBuilderTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.250Z");
  private static final PodView.Link LIVE = new PodView.Link.Live(NOW);

  private final FailoverProxy proxy = Proxies.minimal();

  @Test
  @DisplayName("a primary that serves makes everything well")
  void serving() {
    var status = build(proxy, NOW, pod(0, true, LIVE, Words.serving("postgres-fop-0", "pg-0", 1)));
    assertThat(reasons(status))
        .containsExactly(
            "Ready=True/Serving",
            "PrimaryHealthy=True/Serving",
            "Degraded=False/AsWanted",
            "DataPlaneAvailable=True/AllPodsReady");
    assertThat(status.conditions())
        .allSatisfy(condition -> {
          assertThat(condition.getObservedGeneration()).isEqualTo(3);
          assertThat(condition.getLastTransitionTime()).isEqualTo("2026-03-01T12:00:00Z");
          assertThat(condition.getMessage()).isNotEmpty();
        });
    assertThat(status.observedGeneration()).isEqualTo(3);
    assertThat(status.primary().name()).isEqualTo("pg-0");
    assertThat(status.primary().epoch()).isEqualTo(1);
    assertThat(status.healthyBackends()).isEqualTo("2/2");
    assertThat(status.addresses()).containsExactly("10.96.0.12:5432");
    assertThat(status.replicas()).isEqualTo(1);
    assertThat(status.readyReplicas()).isEqualTo(1);
    assertThat(status.selector()).contains("app.kubernetes.io/instance=postgres");
  }

  @Test
  @DisplayName("a standby that serves is well and degraded, and the failover is told")
  void standby() {
    var status = build(proxy, NOW, pod(0, true, LIVE, Words.failedOver("postgres-fop-0")));
    assertThat(reasons(status)).contains("Ready=True/Serving", "Degraded=True/ServingFromStandby");
    assertThat(message(status, "Degraded"))
        .isEqualTo("pg-1 serves; preferred is pg-0 (Unhealthy, connect refused)");
    assertThat(status.healthyBackends()).isEqualTo("1/2");
    assertThat(status.lastFailover().noPrimaryFor()).isEqualTo("412ms");
    assertThat(status.lastFailover().from()).isEqualTo("pg-0");
  }

  @Test
  @DisplayName("without a primary the last one's epoch is kept")
  void noPrimary() {
    var before = build(proxy, NOW, pod(0, true, LIVE, Words.failedOver("postgres-fop-0")));
    var status =
        build(
            Proxies.with(proxy, before),
            NOW,
            pod(0, true, LIVE, Words.withoutPrimary("postgres-fop-0")));
    assertThat(reasons(status)).contains("Ready=False/NoPrimary", "PrimaryHealthy=False/NoPrimary");
    assertThat(message(status, "Ready"))
        .isEqualTo(
            "no backend is usable: pg-0 (Unhealthy, connect refused);"
                + " pg-1 (Unhealthy, connect timed out)");
    assertThat(status.primary().epoch()).isEqualTo(2);
    assertThat(status.lastFailover()).isEqualTo(before.lastFailover());
  }

  @Test
  @DisplayName("a transition time moves with the answer, not with reason or message")
  void transitionTime() {
    var first = build(proxy, NOW, pod(0, true, LIVE, Words.serving("postgres-fop-0", "pg-0", 1)));
    var later = NOW.plusSeconds(60);
    var second =
        build(
            Proxies.with(proxy, first),
            later,
            pod(0, true, LIVE, Words.failedOver("postgres-fop-0")));
    assertThat(condition(second, "Ready").getLastTransitionTime())
        .isEqualTo(condition(first, "Ready").getLastTransitionTime());
    assertThat(condition(second, "Ready").getMessage()).contains("pg-1");
    assertThat(condition(second, "Degraded").getLastTransitionTime())
        .isEqualTo("2026-03-01T12:01:00Z");
  }

  @Test
  @DisplayName("the same facts later give the same status")
  void equalStatus() {
    var word = Words.failedOver("postgres-fop-0");
    var first = build(proxy, NOW, pod(0, true, LIVE, word));
    var second = build(Proxies.with(proxy, first), NOW.plusSeconds(900), pod(0, true, LIVE, word));
    assertThat(StatusComparison.isSame(first, second)).isTrue();
  }

  @Test
  @DisplayName("a stream that breaks for a moment changes nothing")
  void blink() {
    var first = build(proxy, NOW, pod(0, true, LIVE, Words.failedOver("postgres-fop-0")));
    var lost = new PodView.Link.Lost(NOW, "the stream ended");
    var word = Words.failedOver("postgres-fop-0");
    var second = build(Proxies.with(proxy, first), NOW.plusSeconds(2), pod(0, true, lost, word));
    assertThat(StatusComparison.isSame(first, second)).isTrue();
  }

  @Test
  @DisplayName("a restarted operator changes nothing before pods had time to answer")
  void restartedOperator() {
    var first = build(proxy, NOW, pod(0, true, LIVE, Words.failedOver("postgres-fop-0")));
    var connecting = new PodView.Link.Connecting(NOW);
    var second = build(Proxies.with(proxy, first), NOW, pod(0, true, connecting, null));
    assertThat(StatusComparison.isSame(first, second)).isTrue();
  }

  @Test
  @DisplayName("when no pod answers, health is unknown since then, and the primary is kept")
  void blind() {
    var first = build(proxy, NOW, pod(0, true, LIVE, Words.failedOver("postgres-fop-0")));
    var lost = new PodView.Link.Lost(NOW, "nothing was heard for 12 s");
    var later = NOW.plusSeconds(30);
    var second = build(Proxies.with(proxy, first), later, pod(0, true, lost, null));
    assertThat(reasons(second))
        .contains(
            "Ready=Unknown/NoAnswer",
            "PrimaryHealthy=Unknown/NoAnswer",
            "DataPlaneAvailable=True/AllPodsReady");
    assertThat(message(second, "PrimaryHealthy"))
        .isEqualTo("no pod has answered since 2026-03-01T12:00:00Z");
    assertThat(second.primary()).isEqualTo(first.primary());
    assertThat(second.healthyBackends()).isNull();
    assertThat(second.backends()).extracting("health").containsOnly("Unknown");
    var afterRestart =
        build(
            Proxies.with(proxy, second),
            later.plusSeconds(60),
            pod(0, true, new PodView.Link.Lost(later, "refused"), null));
    assertThat(message(afterRestart, "PrimaryHealthy"))
        .isEqualTo("no pod has answered since 2026-03-01T12:00:00Z");
  }

  @Test
  @DisplayName("a pod that cannot start says why")
  void imagePull() {
    var trouble = new PodFact.Trouble("ImagePullFailed", "not found");
    var pod = new PodFact<DataPlaneStatus>("postgres-fop-0", 0, false, false, null, trouble, null);
    assertThat(reasons(build(proxy, NOW, pod)))
        .contains("Ready=False/ImagePullFailed", "DataPlaneAvailable=False/ImagePullFailed");
  }

  @Test
  @DisplayName("a port that is taken is told with the data plane's words")
  void listenFailed() {
    var listener = new Listener("::", 5432, Listener.State.Failed, "address in use");
    var word = Words.withListener(Words.serving("postgres-fop-0", "pg-0", 1), listener);
    var status = build(proxy, NOW, pod(0, true, LIVE, word));
    assertThat(reasons(status)).contains("Ready=False/ListenFailed");
    assertThat(message(status, "Ready")).isEqualTo("port 5432: address in use");
  }

  @Test
  @DisplayName("a refused configuration leaves it serving, degraded, with the problems")
  void refused() {
    var status = build(proxy, NOW, pod(0, true, LIVE, Words.refusing("postgres-fop-0")));
    assertThat(reasons(status)).contains("Ready=True/Serving", "Degraded=True/ConfigRefused");
    assertThat(message(status, "Degraded"))
        .isEqualTo(
            "postgres-fop-0 goes on with generation 2 and refused 3:"
                + " spec.backends[0].host: not a host");
  }

  @Test
  @DisplayName("a pod that could not take its first configuration says why it is not ready")
  void refusedAtFirst() {
    var status = build(proxy, NOW, pod(0, false, LIVE, Words.refusingAtFirst("postgres-fop-0")));
    assertThat(reasons(status))
        .contains("Ready=False/ConfigRefused", "DataPlaneAvailable=False/PodsNotReady");
    assertThat(message(status, "Ready"))
        .isEqualTo("postgres-fop-0 runs nothing and refused 3: spec.peers: not built yet");
  }

  @Test
  @DisplayName("several replicas without agreement are unfenced, and their differences show")
  void unfenced() {
    var three = Proxies.with(Proxies.minimalWith("replicas: 3\nagreement: {mode: None}"), null);
    var status =
        build(
            three,
            NOW,
            pod(0, false, LIVE, Words.serving("postgres-fop-0", "pg-0", 1)),
            pod(1, true, LIVE, Words.failedOver("postgres-fop-1")),
            pod(2, true, LIVE, Words.serving("postgres-fop-2", "pg-0", 1)));
    assertThat(reasons(status))
        .contains(
            "Agreed=False/Unfenced",
            "Degraded=True/Disagreement",
            "DataPlaneAvailable=True/SomePodsReady");
    assertThat(message(status, "Degraded")).isEqualTo("postgres-fop-1: pg-1, postgres-fop-2: pg-0");
    assertThat(status.primary().name()).as("the lowest ready pod leads").isEqualTo("pg-1");
  }

  @Test
  @DisplayName(
      "what is not built yet, a conflict and a failed apply make it not ready, in that order")
  void obstacles() {
    var conflict = new Obstacle(Obstacle.Kind.Conflict, "Service postgres exists");
    var failed = new Obstacle(Obstacle.Kind.ApplyFailed, "forbidden");
    var pods = List.of(pod(0, true, LIVE, Words.serving("postgres-fop-0", "pg-0", 1)));
    assertThat(
            reasons(
                StatusBuilder.build(
                    facts(
                        proxy,
                        false,
                        List.of(new Unsupported("spec.hooks", "later")),
                        List.of(conflict),
                        pods))))
        .contains("Ready=False/NotSupported", "PrimaryHealthy=True/Serving");
    assertThat(
            reasons(
                StatusBuilder.build(
                    facts(proxy, false, List.of(), List.of(failed, conflict), pods))))
        .contains("Ready=False/Conflict");
  }

  @Test
  @DisplayName("what is missing keeps new things from starting, and degrades what runs")
  void missing() {
    var scripts = List.of(new Obstacle(Obstacle.Kind.ScriptsMissing, "no ConfigMap s"));
    var older = List.of(pod(0, true, LIVE, Words.serving("postgres-fop-0", "pg-0", 1)));
    assertThat(reasons(StatusBuilder.build(facts(proxy, false, List.of(), scripts, older))))
        .contains("Ready=False/ScriptsMissing");
    assertThat(reasons(StatusBuilder.build(facts(proxy, false, List.of(), scripts, List.of()))))
        .contains("Ready=False/ScriptsMissing");
    proxy.getMetadata().setGeneration(2L);
    assertThat(reasons(StatusBuilder.build(facts(proxy, false, List.of(), scripts, older))))
        .contains("Ready=True/Serving", "Degraded=True/ScriptsMissing");
  }

  @Test
  @DisplayName("times are in whole seconds, as Kubernetes writes them")
  void seconds() {
    var word =
        Words.serving("postgres-fop-0", "pg-0", 1, Instant.parse("2026-03-01T10:00:00.123456789Z"));
    var status = build(proxy, NOW, pod(0, true, LIVE, word));
    assertThat(status.primary().since()).isEqualTo("2026-03-01T10:00:00Z");
  }

  @Test
  @DisplayName("a pause shows only while it lasts")
  void paused() {
    var pods = List.of(pod(0, true, LIVE, Words.serving("postgres-fop-0", "pg-0", 1)));
    assertThat(reasons(StatusBuilder.build(facts(proxy, true, List.of(), List.of(), pods))))
        .contains("ReconciliationPaused=True/Paused");
    assertThat(reasons(StatusBuilder.build(facts(proxy, false, List.of(), List.of(), pods))))
        .noneMatch(reason -> reason.startsWith("ReconciliationPaused"));
  }

  @Test
  @DisplayName("a load balancer that gives no address is waited for")
  void withoutAddress() {
    var balanced = Proxies.minimalWith("service: {type: LoadBalancer}");
    var status =
        build(balanced, NOW, pod(0, true, LIVE, Words.serving("postgres-fop-0", "pg-0", 1)));
    assertThat(reasons(status)).contains("Ready=False/ServiceWithoutAddress");
  }

  @Test
  @DisplayName("the column shows an outside address first")
  void addresses() {
    var service =
        new ServiceBuilder(service())
            .editSpec()
            .editFirstPort()
            .withNodePort(30432)
            .endPort()
            .endSpec()
            .withNewStatus()
            .withNewLoadBalancer()
            .addNewIngress()
            .withIp("2001:db8::7")
            .endIngress()
            .endLoadBalancer()
            .endStatus()
            .build();
    var pod = new PodFact<>("postgres-fop-0", 0, true, false, "203.0.113.9", null, null);
    assertThat(Addresses.of(service, List.of(pod), 16))
        .containsExactly("[2001:db8::7]:5432", "203.0.113.9:30432", "10.96.0.12:5432");
    assertThat(Addresses.of(service, List.of(pod), 2)).hasSize(2);
  }

  @Test
  @DisplayName("a message that is too long is cut, and says so")
  void longMessage() {
    assertThat(Verdict.no("X", "y".repeat(5000)).message()).hasSize(1024).endsWith(" ...");
  }

  @SafeVarargs
  private static FailoverProxyStatus build(
      FailoverProxy proxy, Instant now, PodFact<DataPlaneStatus>... pods) {
    return StatusBuilder.build(
        new Facts<>(
            proxy,
            new ProxyWorkload(proxy),
            now,
            false,
            List.of(),
            List.of(),
            List.of(pods),
            null,
            service()));
  }

  private static Facts<FailoverProxy, DataPlaneStatus> facts(
      FailoverProxy proxy,
      boolean paused,
      List<Unsupported> notSupported,
      List<Obstacle> obstacles,
      List<PodFact<DataPlaneStatus>> pods) {
    return new Facts<>(
        proxy,
        new ProxyWorkload(proxy),
        NOW,
        paused,
        notSupported,
        obstacles,
        pods,
        null,
        service());
  }

  private static PodFact<DataPlaneStatus> pod(
      int ordinal, boolean ready, PodView.Link link, DataPlaneStatus word) {
    var name = "postgres-fop-" + ordinal;
    var view = new PodView<>(new PodAddress(name, "uid-" + ordinal, "192.0.2.9", 2340), link, word);
    return new PodFact<>(name, ordinal, ready, false, null, null, view);
  }

  private static Service service() {
    return new ServiceBuilder()
        .withNewSpec()
        .withClusterIPs("10.96.0.12")
        .addNewPort()
        .withPort(5432)
        .endPort()
        .endSpec()
        .build();
  }

  private static Condition condition(FailoverProxyStatus status, String type) {
    return Conditions.find(status.conditions(), type).orElseThrow();
  }

  private static String message(FailoverProxyStatus status, String type) {
    return condition(status, type).getMessage();
  }

  private static List<String> reasons(FailoverProxyStatus status) {
    var reasons = new ArrayList<String>();
    for (var condition : status.conditions()) {
      reasons.add(
          "%s=%s/%s".formatted(condition.getType(), condition.getStatus(), condition.getReason()));
    }
    return reasons;
  }
}
