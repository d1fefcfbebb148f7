package dev.holdfast.e2e;

import static dev.holdfast.e2e.TestNamespace.within;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/** A proxy whose pods agree, before the backends pg-0 and pg-1. */
record AgreedProxy(TestNamespace namespace, String name) {
  /** Longer than the default: a busy machine must not look like a replica that is gone. */
  private static final String AGREEMENT = "agreement: {leaseDuration: 10s}";

  private static final List<String> BACKENDS = List.of("pg-0", "pg-1");

  private static final String CHECK = "{name: up, tcp: {}, interval: 3s, timeout: 3s}";

  static AgreedProxy start(TestNamespace namespace, ProxyManifest manifest) {
    new Box(namespace).startBackends(BACKENDS.toArray(String[]::new));
    namespace.kubectl().apply(manifest.toString());
    return new AgreedProxy(namespace, manifest.name());
  }

  /** Of a name that no other pod of the cluster has. */
  static ProxyManifest manifest(String name, int replicas) {
    return ProxyManifest.of(name, BACKENDS.toArray(String[]::new))
        .withChecks(CHECK)
        .with("replicas: " + replicas)
        .with(AGREEMENT)
        .with("connections: {onPrimaryChange: {policy: Sever}}");
  }

  String pod(int number) {
    return name + "-fop-" + number;
  }

  /** Clients that use this pod and no other. */
  Traffic through(int number) {
    var host = "%s.%s-fop-pods".formatted(pod(number), name);
    return Traffic.start(namespace, "via-" + number, host, 5432);
  }

  /** Waits until so many pods are there, each ready, and the status says that they agree. */
  void awaitAgreed(int pods) {
    within(240)
        .ignoreExceptions()
        .untilAsserted(() -> {
          var status = namespace.status(name);
          assertThat(readyPods())
              .containsExactlyElementsOf(IntStream.range(0, pods).mapToObj(this::pod).toList());
          assertThat(status.readyReplicas()).isEqualTo(pods);
          assertThat(status.leader()).isIn(readyPods());
          assertThat(condition("Agreed")).startsWith("True/Agreed").contains(members(pods));
          assertThat(condition("Ready")).startsWith("True/Serving");
        });
  }

  private String members(int pods) {
    return "leads " + String.join(", ", IntStream.range(0, pods).mapToObj(this::pod).toList());
  }

  /** As {@code Status/Reason: message}, or empty. */
  String condition(String type) {
    return namespace.status(name).conditions().stream()
        .filter(condition -> condition.getType().equals(type))
        .map(condition ->
            condition.getStatus() + "/" + condition.getReason() + ": " + condition.getMessage())
        .findFirst()
        .orElse("");
  }

  /** Deletes these pods and waits until they are gone. */
  void deletePods(int... numbers) {
    namespace.deletePods(Arrays.stream(numbers).mapToObj(this::pod).toList());
  }

  /** In the order of their numbers; those that are being deleted are not among them. */
  private List<String> readyPods() {
    return namespace.client().pods().inNamespace(namespace.name()).list().getItems().stream()
        .filter(pod -> pod.getMetadata().getName().startsWith(name + "-fop-"))
        .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
        .filter(AgreedProxy::isReady)
        .map(pod -> pod.getMetadata().getName())
        .sorted()
        .toList();
  }

  static boolean isReady(Pod pod) {
    return pod.getStatus().getConditions().stream()
        .anyMatch(c -> c.getType().equals("Ready") && c.getStatus().equals("True"));
  }

  /** Number of the pod that leads. */
  int leader() {
    var leader = Objects.requireNonNull(namespace.status(name).leader(), "no leader");
    return Integer.parseInt(leader.substring(leader.lastIndexOf('-') + 1));
  }

  /** Waits for a leader other than this one. */
  int awaitLeaderOtherThan(int number) {
    return within(60).ignoreExceptions().until(this::leader, leader -> leader != number);
  }

  /** The first one that a majority found healthy, which on a busy machine is either. */
  String primary() {
    return namespace.status(name).primary().name();
  }

  String otherThan(String backend) {
    return BACKENDS.stream().filter(other -> !other.equals(backend)).findFirst().orElseThrow();
  }

  long epoch() {
    return namespace.status(name).primary().epoch();
  }

  String group() {
    return Objects.requireNonNull(namespace.status(name).clusterId(), "no group");
  }
}
