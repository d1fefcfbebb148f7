package dev.holdfast.e2e;

import static dev.holdfast.e2e.TestNamespace.within;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.api.v1alpha1.StickyBalancer;
import dev.holdfast.api.v1alpha1.StickyBalancerStatus;
import dev.holdfast.api.v1alpha1.StickyBalancerStatus.GroupStatus;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A StickyBalancer on port 5432 before the {@link Box} backends blue and green, a group each. */
record Balancer(TestNamespace namespace, String name) {
  private static final String CHECK =
      "{name: up, tcp: {}, interval: 3s, timeout: 3s, fall: 2, rise: 2}";

  /**
   * @param more lines of the spec, in YAML's flow style
   */
  static Balancer apply(TestNamespace namespace, String... more) {
    namespace.kubectl().apply(manifest("game", more));
    return new Balancer(namespace, "game");
  }

  static String manifest(String name, String... more) {
    return """
    apiVersion: holdfast.dev/v1alpha1
    kind: StickyBalancer
    metadata: {name: %s}
    spec:
      listen: {ports: [5432]}
      groups:
        - {id: 1, name: blue, host: blue.db, checks: [%s]}
        - {id: 2, name: green, host: green.db, checks: [%s]}
      stickiness: {maxEntries: 1000}
      shutdown: {drainTimeout: 3s}
    %s
    """
        .formatted(
            name,
            CHECK,
            CHECK,
            Stream.of(more).map(line -> "  " + line).collect(Collectors.joining("\n")));
  }

  StickyBalancerStatus status() {
    var found =
        namespace
            .client()
            .resources(StickyBalancer.class)
            .inNamespace(namespace.name())
            .withName(name)
            .get();
    return Objects.requireNonNull(found.getStatus(), "no status yet");
  }

  GroupStatus group(String group) {
    return status().groups().stream().filter(g -> g.name().equals(group)).findAny().orElseThrow();
  }

  void awaitReady() {
    namespace.kubectl().run("wait", "--for=condition=Ready", "stb/" + name, "--timeout=90s");
  }

  /** Waits for conditions such as {@code Ready=False/NoActiveGroup}. */
  void awaitConditions(int seconds, String... wanted) {
    within(seconds)
        .ignoreExceptions()
        .untilAsserted(() ->
            assertThat(status().conditions())
                .extracting(c -> "%s=%s/%s".formatted(c.getType(), c.getStatus(), c.getReason()))
                .contains(wanted));
  }

  /** Waits until so many pods have one table, and each is ready. */
  void awaitInSync(int pods) {
    awaitConditions(
        180, "Ready=True/Serving", "QuorumHealthy=True/Quorum", "TableReplicated=True/InSync");
    within(180).until(() -> status().readyReplicas(), ready -> ready == pods);
    within(60)
        .until(() -> message("TableReplicated"), message -> message.endsWith(podName(pods - 1)));
  }

  String message(String type) {
    return status().conditions().stream()
        .filter(condition -> condition.getType().equals(type))
        .findAny()
        .orElseThrow()
        .getMessage();
  }

  /**
   * @param state with its cause, such as {@code Draining Spec}
   */
  void awaitGroup(String group, String state, int seconds) {
    within(seconds)
        .ignoreExceptions()
        .until(() -> group(group), g -> (g.effective() + " " + g.cause()).equals(state));
  }

  /**
   * @param votes how many agree of those that have a verdict, such as {@code 2/3}
   */
  void awaitVotes(String group, String votes) {
    within(60).ignoreExceptions().until(() -> group(group).votes(), votes::equals);
  }

  void awaitEvent(String type, String reason, String word) {
    within(60)
        .untilAsserted(() ->
            assertThat(events())
                .anyMatch(event ->
                    event.getType().equals(type)
                        && event.getReason().equals(reason)
                        && event.getMessage().contains(word)));
  }

  private List<Event> events() {
    return namespace.client().v1().events().inNamespace(namespace.name()).list().getItems().stream()
        .filter(event -> event.getInvolvedObject().getKind().equals("StickyBalancer"))
        .toList();
  }

  String podName(int number) {
    return name + "-stb-" + number;
  }

  Pod pod(int number) {
    return pod(podName(number));
  }

  Pod pod(String pod) {
    return Objects.requireNonNull(
        namespace.client().pods().inNamespace(namespace.name()).withName(pod).get());
  }

  /** Host by which clients use this pod and no other. */
  String host(String pod) {
    return "%s.%s-stb-pods".formatted(pod, name);
  }

  BalancerAdmin admin() {
    return new BalancerAdmin(namespace, name);
  }

  /** NAME, READY, GROUPS, ENTRIES, ADDRESS, AGE. */
  String[] columns() {
    return namespace.kubectl().run("get", "stickybalancers", "--no-headers").strip().split(" +");
  }

  /** These, and LEADER, IN-SYNC, REASON. */
  String wide() {
    return namespace.kubectl().run("get", "stb", "-o", "wide", "--no-headers");
  }

  /** Changes the wish for group 1, which is blue, or group 2. */
  void wish(int id, String state) {
    var patch =
        "[{\"op\": \"replace\", \"path\": \"/spec/groups/%d/state\", \"value\": \"%s\"}]"
            .formatted(id - 1, state);
    namespace.kubectl().run("patch", "stb", name, "--type=json", "-p", patch);
  }
}
