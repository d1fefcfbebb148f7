package dev.holdfast.e2e;

import static dev.holdfast.e2e.TestNamespace.within;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.api.v1alpha1.FloatingIpGroupStatus;
import dev.holdfast.api.v1alpha1.FloatingIpGroupStatus.FloatingIpStatus;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A FloatingIpGroup for all servers and floating IPs of the {@link Cloud}. */
record IpGroup(TestNamespace namespace, String name) {

  static IpGroup web(TestNamespace namespace) {
    return new IpGroup(namespace, "web");
  }

  /** Two servers that can be made unhealthy, and a cloud that knows them. */
  static Cloud cloud(TestNamespace namespace, int actionDelayMillis) {
    var box = new Box(namespace);
    for (var server : List.of("lb-1", "lb-2")) {
      box.start(server, List.of(box.container(server, "toggled.sh", Map.of())));
    }
    var addresses = List.of("lb-1", "lb-2").stream().map(name -> address(namespace, box, name));
    return Cloud.start(namespace.client(), addresses.toList(), actionDelayMillis);
  }

  private static String address(TestNamespace namespace, Box box, String pod) {
    box.awaitReady(pod);
    var found = namespace.client().pods().inNamespace(namespace.name()).withName(pod).get();
    return Objects.requireNonNull(found).getStatus().getPodIP();
  }

  static void unhealthy(TestNamespace namespace, String server) {
    signal(namespace, server, "USR1");
  }

  static void healthy(TestNamespace namespace, String server) {
    signal(namespace, server, "USR2");
  }

  private static void signal(TestNamespace namespace, String pod, String signal) {
    namespace.kubectl().run("exec", pod, "--", "kill", "-" + signal, "1");
  }

  /** The Secret that the manifest refers to. */
  static void secret(TestNamespace namespace, String token) {
    namespace
        .kubectl()
        .apply(
            """
            apiVersion: v1
            kind: Secret
            metadata: {name: hcloud}
            stringData: {token: %s}
            """
                .formatted(token));
  }

  /**
   * @param more lines of the spec
   */
  void apply(String more) {
    namespace
        .kubectl()
        .apply(
            """
            apiVersion: holdfast.dev/v1alpha1
            kind: FloatingIpGroup
            metadata: {name: %s}
            spec:
              provider: {hetzner: {tokenSecretRef: {name: hcloud, key: token}, endpoint: "%s"}}
              servers: {labelSelector: role=lb}
              floatingIps: {labelSelector: role=lb}
              pollInterval: 2s
              pollTimeout: 2s
              planner: {rebalance: {policy: Immediate}}
              checks:
                - {name: up, tcp: {port: 8080}, interval: 1s, timeout: 1s, fall: 2, rise: 2}
            """
                    .formatted(name, Cloud.ENDPOINT)
                + more.indent(2));
  }

  void delete() {
    namespace.kubectl().run("delete", "fipg", name, "--timeout=60s");
  }

  FloatingIpGroupStatus status() {
    return namespace.groupStatus(name);
  }

  List<Condition> conditions() {
    return status().conditions();
  }

  void awaitCondition(String wanted) {
    within(180)
        .ignoreExceptions()
        .untilAsserted(() ->
            assertThat(conditions())
                .extracting(c -> "%s=%s/%s".formatted(c.getType(), c.getStatus(), c.getReason()))
                .contains(wanted));
  }

  void awaitAllAt(String server) {
    within(180)
        .ignoreExceptions()
        .untilAsserted(() ->
            assertThat(status().floatingIps())
                .hasSize(4)
                .extracting(FloatingIpStatus::server)
                .containsOnly(server));
  }

  /** Two floating IPs at each server. */
  void awaitSpread() {
    within(180)
        .ignoreExceptions()
        .untilAsserted(() ->
            assertThat(status().floatingIps())
                .extracting(FloatingIpStatus::server)
                .containsExactlyInAnyOrder("lb-1", "lb-1", "lb-2", "lb-2"));
    awaitCondition("Ready=True/Converged");
  }
}
