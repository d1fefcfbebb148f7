package dev.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.holdfast.api.v1alpha1.FailoverProxy;
import dev.holdfast.api.v1alpha1.FailoverProxyStatus;
import dev.holdfast.api.v1alpha1.FloatingIpGroup;
import dev.holdfast.api.v1alpha1.FloatingIpGroupStatus;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.awaitility.core.ConditionFactory;

/** A namespace that belongs to one test. */
record TestNamespace(KubernetesClient client, String name) {

  static ConditionFactory within(int seconds) {
    return await().atMost(Duration.ofSeconds(seconds)).pollInterval(Duration.ofMillis(100));
  }

  Kubectl kubectl() {
    return new Kubectl(name);
  }

  Resource<FailoverProxy> proxy(String proxy) {
    return client.resources(FailoverProxy.class).inNamespace(name).withName(proxy);
  }

  FailoverProxyStatus status(String proxy) {
    return Objects.requireNonNull(proxy(proxy).get().getStatus(), "no status yet");
  }

  /** Applies the manifest and waits until the API server says Ready of the named proxy. */
  void applyAndAwaitReady(String manifest, String proxy) {
    kubectl().apply(manifest);
    awaitReady(proxy);
  }

  void awaitReady(String proxy) {
    kubectl().run("wait", "--for=condition=Ready", "fop/" + proxy, "--timeout=60s");
  }

  void awaitPrimary(String proxy, String backend, int seconds) {
    within(seconds)
        .ignoreExceptions()
        .until(() -> status(proxy).primary(), primary -> primary.name().equals(backend));
  }

  /**
   * Deletes these pods and waits until they are gone. {@code kubectl delete --wait} may wait on for
   * the pod that a StatefulSet puts in the place of one.
   */
  void deletePods(List<String> names) {
    var pods = client.pods().inNamespace(name);
    var gone = names.stream().map(pod -> pods.withName(pod).require()).map(TestNamespace::uid);
    var uids = gone.toList();
    names.forEach(pod -> kubectl().run("delete", "pod", pod, "--wait=false"));
    within(120)
        .ignoreExceptions()
        .until(() ->
            pods.list().getItems().stream().map(TestNamespace::uid).noneMatch(uids::contains));
  }

  private static String uid(Pod pod) {
    return pod.getMetadata().getUid();
  }

  /** The data-plane pod with this number. */
  Pod dataPlanePod(String proxy, int number) {
    return Objects.requireNonNull(
        client.pods().inNamespace(name).withName(proxy + "-fop-" + number).get());
  }

  /** Waits for an Event of the proxy with this reason whose message holds all these words. */
  void awaitEvent(String proxy, String reason, int seconds, String... words) {
    within(seconds)
        .ignoreExceptions()
        .untilAsserted(() ->
            assertThat(events(proxy, event -> event.getReason().equals(reason)))
                .extracting(Event::getMessage)
                .anySatisfy(message -> assertThat(message).contains(words)));
  }

  /** Waits for a condition such as {@code Ready=False/NoPrimary}. */
  void awaitCondition(String proxy, String wanted, int seconds) {
    within(seconds)
        .ignoreExceptions()
        .untilAsserted(() ->
            assertThat(status(proxy).conditions())
                .extracting(c -> "%s=%s/%s".formatted(c.getType(), c.getStatus(), c.getReason()))
                .contains(wanted));
  }

  void annotate(String proxy, String... annotations) {
    var args = new ArrayList<>(List.of("annotate", "fop", proxy));
    args.addAll(List.of(annotations));
    kubectl().run(args.toArray(String[]::new));
  }

  /** A ConfigMap with one file. */
  String configMap(String configMap, String file, String text) {
    return """
    apiVersion: v1
    kind: ConfigMap
    metadata: {name: %s}
    data:
      %s: |
    %s
    """
        .formatted(configMap, file, text.indent(8));
  }

  List<Event> events(String proxy, Predicate<Event> wanted) {
    return client.v1().events().inNamespace(name).list().getItems().stream()
        .filter(event -> event.getInvolvedObject().getName().equals(proxy))
        .filter(event -> event.getInvolvedObject().getKind().equals("FailoverProxy"))
        .filter(wanted)
        .toList();
  }

  Resource<FloatingIpGroup> group(String group) {
    return client.resources(FloatingIpGroup.class).inNamespace(name).withName(group);
  }

  FloatingIpGroupStatus groupStatus(String group) {
    return Objects.requireNonNull(group(group).get().getStatus(), "no status yet");
  }

  void delete() {
    client.namespaces().withName(name).delete();
  }
}
